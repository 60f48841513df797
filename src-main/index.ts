import path from 'node:path'
import { app } from 'electron'
import { announce } from './electron/announce.ts'
import { machineProfileFolder, readArguments } from './electron/arguments.ts'
import { dialogs } from './electron/dialogs.ts'
import { openDoor } from './electron/door.ts'
import { closeBeforeTheEnd } from './electron/ending.ts'
import { MainWindow } from './electron/main-window.ts'
import { setMenu } from './electron/menu.ts'
import { PageRecovery } from './electron/page-recovery.ts'
import { watchPower } from './electron/power.ts'
import { PreferenceFile } from './electron/preferences.ts'
import { registerSchemes, servePage, servePictures } from './electron/protocols.ts'
import { lockedSession, refuseWandering, setSwitches } from './electron/security.ts'
import { startTray, type RunningTray } from './electron/start-tray.ts'
import { picturesFolder, showInFolder } from './electron/take-away.ts'
import { openVault } from './electron/vault.ts'
import { openMainWindow } from './electron/windows.ts'
import { runCommand, verifyAudits, type Said } from './command-line.ts'
import { journalPlaces } from './journal-in.ts'
import { createLog } from './log.ts'
import { createServices } from './services.ts'
import { systemClock } from './xprotect/clock.ts'

/** The composition root: introduces the rooms to each other and starts. The only file with top-level effects. */
const built = path.join(import.meta.dirname, '..')
const userData = app.getPath('userData')
const { profiles, toCheck, toVerify, capture, hidden, refusal } = readArguments(process.argv.slice(1))
if (refusal !== undefined) await endWith({ text: `${refusal}\n`, code: 2 }, process.stderr)
if (toCheck) await endWith(await runCommand(['check', ...toCheck]))
if (toVerify) await endWith(await verifyAudits(toVerify, journalPlaces(userData)))
// Before anything of ours is read, mended or written: the data belong to the first start alone.
if (!app.requestSingleInstanceLock()) await endAsSecond()

const log = createLog({ folder: path.join(userData, 'logs'), level: 'info', onScreen: !app.isPackaged })
const about = log.scope('app')
process.on('uncaughtException', (error) => about.error('uncaught', error))
process.on('unhandledRejection', (reason) => about.error('unhandled', reason))

/** From when the tray is there. */
let tray: RunningTray | undefined
/** From when it may be opened. */
let window: MainWindow | undefined
let isWindowWanted = !hidden
app.on('second-instance', (_event, words) => {
  // One that was started at log-on has nothing to show.
  if (words.includes('--hidden')) return
  isWindowWanted = true
  window?.show()
})

registerSchemes()
const preferences = new PreferenceFile(userData)
const services = await createServices({
  profiles: { machineFolder: machineProfileFolder(), userFolder: path.join(userData, 'sites'), extraFiles: profiles },
  preferences,
  log,
  secrets: { vault: openVault(), file: path.join(userData, 'secrets.json') },
  dataFolder: userData,
  announce(name, fact) {
    announce(name, fact)
    tray?.desk.hear(name, fact)
  },
  dialogs,
  takeAway: { pictures: picturesFolder(), show: showInFolder, version: __VERSION__ },
  capture,
})
setSwitches({ loopbackPeers: services.hasSiteOnThisComputer })
refuseWandering()

void app.whenReady().then(start) // what it rejects with is logged as unhandled

/** Prints what there is to say and ends, before there is a window, a log or anything else of ours. */
async function endWith({ text, code }: Said, into: NodeJS.WritableStream = process.stdout): Promise<never> {
  await new Promise((written) => into.write(text, written))
  app.exit(code)
  return new Promise(() => undefined) // nothing else is begun while it ends
}

/** The first start has been told, and shows its window. */
function endAsSecond(): Promise<never> {
  if (!capture) return endWith({ text: '', code: 0 })
  return endWith({ text: 'Watchpost runs already; end it first, then --capture.\n', code: 2 }, process.stderr)
}

async function start(): Promise<void> {
  about.info(`Watchpost ${__VERSION__} on Electron ${process.versions.electron}`)
  const session = lockedSession()
  const recovery = new PageRecovery()
  servePage(session, path.join(built, 'renderer'))
  servePictures(session, (name) => services.picture(name))
  openDoor(session, (name, input) => services.answer(name, input))
  setMenu((entry) => announce('menuChosen', { entry }))
  watchPower({
    onSleep: () => about.info('the computer goes to sleep'),
    onNetworkChange: () => {
      about.info('the network changed')
      services.networkChanged()
    },
  })
  const main = new MainWindow(() =>
    openMainWindow({
      session,
      preload: path.join(built, 'preload'),
      placement: preferences.placement(),
      onMoved: (placement) => preferences.savePlacement(placement),
      onPageGone(reason, again) {
        const remedy = recovery.died(Date.now())
        about.error(`the page died (${reason}): ${remedy}`)
        // Never rejects. The operator does not wait for the server to close what the dead page held.
        void services.pageGone()
        if (remedy === 'reload') again()
        else app.quit()
      },
      onNewPage: () => void services.pageGone(), // never rejects
    }),
  )
  window = main
  if (isWindowWanted) main.show()
  tray = await startTray({
    handlers: services.handlers,
    cameraName: services.cameraName,
    profilesStartAtLogOn: services.wantsStartAtLogOn,
    clock: systemClock,
    openWindow: () => main.show(),
    quit: () => app.quit(),
    isFirst: (name) => preferences.isFirst(name),
    log: log.scope('tray'),
  }).catch((error: unknown) => {
    about.error('there is no tray', error)
    return undefined
  })
  // A window that is not there and cannot be had from a tray would be had from nowhere.
  if (!isWindowWanted && !tray?.isDrawn) main.show()
}

const isEnding = closeBeforeTheEnd(() => services.close())
app.on('window-all-closed', () => {
  if (isEnding() || !tray?.isDrawn) app.quit()
  else tray.windowClosed()
})
