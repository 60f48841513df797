import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { protocol, type Session } from 'electron'
import { answerPicture, pictureScheme } from '../handlers/picture-address.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { pageOrigin, pageScheme } from './page-origin.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before Electron is ready. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges },
    { scheme: pictureScheme, privileges: { standard: true, secure: true } },
  ])
}

/** Serves the pictures that were found for the page, from `read`, by their names. */
export function servePictures(session: Session, read: (name: string) => Promise<Buffer | undefined>): void {
  session.protocol.handle(pictureScheme, ({ url }) => answerPicture(url, read))
}

/** Serves the page's files, and nothing outside their folder. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(pageScheme, async (request) => {
    const file = await fileFor(request.url, folder)
    const type = file === null ? undefined : types[path.extname(file)]
    if (file === null || type === undefined) return new Response('Not found', { status: 404 })
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      },
    })
  })
}

/** The real file an address names; `null` for another host, a path trick, or a file that is not there. */
async function fileFor(address: string, folder: string): Promise<string | null> {
  const url = new URL(address)
  if (`${url.protocol}//${url.host}` !== pageOrigin) return null
  const root = await realpath(folder)
  try {
    const name = decodeURIComponent(url.pathname)
    if (name.includes('\0') || name.includes('\\')) return null
    const file = await realpath(path.join(root, name))
    return file.startsWith(root + path.sep) ? file : null
  } catch {
    return null
  }
}
