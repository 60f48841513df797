import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { quickBookmark } from '../../src-preload/contract/quick-bookmark.ts'
import { startAtLogOn } from './autostart.ts'
import { createNotifier } from './notifications.ts'
import { createKeyBinder } from './shortcuts.ts'
import { isTrayDrawn } from './tray-host.ts'
import { showTray } from './tray.ts'
import { TrayDesk, type TrayNeeds } from './tray/desk.ts'

interface TrayWishes {
  handlers: Handlers
  cameraName: (camera: CameraRef) => string | undefined
  profilesStartAtLogOn: boolean
  clock: TrayNeeds['clock']
  openWindow: () => void
  quit: () => void
  /** Whether a notice by this name was never shown to this user. */
  isFirst: (name: string) => boolean
  log: { info: (line: string) => void; warn: (line: string) => void }
}

export interface RunningTray {
  desk: TrayDesk
  /** There is a picture to come back by: the window may go. */
  isDrawn: boolean
  /** The window was closed, and the program goes on. */
  windowClosed: () => void
}

const TICK_MS = 1_000

/** Puts the program beside the clock; where nothing is drawn there, notices and the recording key work all the same. */
export async function startTray(wishes: TrayWishes): Promise<RunningTray> {
  const { handlers, clock, openWindow, quit, isFirst, log } = wishes
  const isDrawn = await isTrayDrawn()
  const notify = createNotifier(openWindow, (line) => log.info(line))
  const sites = await handlers.listSites(undefined)
  const shutIn = async () => [] // without a journal nothing is open, and its own log line says why
  const start = {
    sites,
    recordings: await Promise.all(sites.map(({ id }) => handlers.listRecordings({ siteId: id }))),
    jobs: await handlers.listJobs(undefined).catch(shutIn),
    preferences: await handlers.readPreferences(undefined),
    profilesStartAtLogOn: wishes.profilesStartAtLogOn,
  }
  const press = () => desk.press()
  const show = isDrawn ? showTray({ press, wish: (wanted) => desk.wish(wanted) }) : () => undefined
  const desk: TrayDesk = new TrayDesk(
    {
      startRecording: (camera) => handlers.startRecording({ camera }),
      stopRecording: (camera) => handlers.stopRecording({ camera }),
      addBookmarks: (cameras, headline) =>
        handlers.addBookmarks({ cameras, at: null, ...quickBookmark, headline, description: '' }),
      signOut: (siteId) => handlers.signOut({ siteId }),
      savePreferences: (change) => handlers.savePreferences(change),
      cameraName: wishes.cameraName,
      clock,
      show,
      notify,
      bindKey: createKeyBinder(press),
      startAtLogOn: isDrawn ? startAtLogOn : null,
      openWindow,
      quit,
      warn: (line) => log.warn(line),
    },
    start,
  )
  setInterval(() => desk.refresh(), TICK_MS).unref()
  if (!isDrawn) {
    log.warn('nothing here draws a tray: closing the window ends the program')
    const body = 'This desktop shows no tray. Closing the window ends Watchpost.'
    if (isFirst('no-tray')) notify({ title: 'Watchpost', body })
  }
  return {
    desk,
    isDrawn,
    windowClosed() {
      log.info('the window is closed; the program goes on in the tray')
      const body = 'Watchpost goes on beside the clock. Click there to record; its menu opens the window and quits.'
      if (isFirst('closed-to-tray')) notify({ title: 'Watchpost', body })
    },
  }
}
