import {
  app,
  session,
  type Event,
  type OnBeforeRequestListenerDetails,
  type Session,
  type WebContents,
  type WebContentsWillFrameNavigateEventParams,
} from 'electron'
import { pictureOrigin } from '../handlers/picture-address.ts'
import { pageAddress, pageOrigin, pagePartition } from './page-origin.ts'

/**
 * What the page may ask of the system: full screen, and to write text to the clipboard, never to read it. Everything else is
 * refused, asked or checked (security.md 1.1 point 5).
 */
const allowed = new Set(['fullscreen', 'clipboard-sanitized-write'])

/**
 * Switches that must stand before Electron is ready.
 *
 * - mDNS names hide local addresses from web pages, but a gateway behind a router cannot resolve them (xprotect-api.md 3.8).
 * - Loopback peers are only for a gateway on this very computer: with a real site nothing may be sent to local ports.
 * - `gc()` lets the page give back closed peer connections before Chromium's limit of 500 (security.md 4.2).
 */
export function setSwitches({ loopbackPeers }: { loopbackPeers: boolean }): void {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  app.enableSandbox()
  app.commandLine.appendSwitch('disable-features', 'WebRtcHideLocalIpsWithMdns')
  app.commandLine.appendSwitch('js-flags', '--expose-gc')
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit')
  app.commandLine.appendSwitch('disable-background-networking')
  if (loopbackPeers) app.commandLine.appendSwitch('allow-loopback-in-peer-connection')
}

/** The page's session with every door shut but its own files. */
export function lockedSession(): Session {
  const ours = session.fromPartition(pagePartition)
  ours.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed.has(permission)))
  ours.setPermissionCheckHandler((_contents, permission) => allowed.has(permission))
  ours.setDevicePermissionHandler(() => false)
  // Chromium never speaks TLS for us: all networking is main's, through the pinned connector.
  ours.setCertificateVerifyProc((_request, answer) => answer(-2))
  ours.webRequest.onBeforeRequest((request, answer) => {
    const isOwn = request.url.startsWith(`${pageOrigin}/`) || request.url.startsWith(`blob:${pageOrigin}/`)
    answer({ cancel: !isOwn && !isOurPicture(request) })
  })
  return ours
}

/** A recorded picture for an image of our page; nothing and nobody else has them. */
function isOurPicture({ url, resourceType, frame }: OnBeforeRequestListenerDetails): boolean {
  if (!url.startsWith(`${pictureOrigin}/`) || resourceType !== 'image') return false
  try {
    return frame?.parent === null && frame.origin === pageOrigin
  } catch {
    return false // of a page that has just gone
  }
}

/** Holds for every page there will ever be, ours or not: it stays where it is and opens nothing. */
export function refuseWandering(): void {
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
  app.on('web-contents-created', (_event, contents) => {
    stayHere(contents)
  })
}

/** Only loading itself anew is not wandering: our page does that when the engine makes no more peers (security.md 4.2). */
function stayHere(contents: WebContents): void {
  const refuse = (event: Event<WebContentsWillFrameNavigateEventParams>): void => {
    const isReload = event.isMainFrame && event.url === pageAddress && contents.getURL() === pageAddress
    if (!isReload) event.preventDefault()
  }
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', refuse)
  contents.on('will-navigate', refuse)
  contents.on('will-redirect', (event) => event.preventDefault())
}
