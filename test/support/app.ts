import { cpSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { findElectron } from '../../build/electron.mjs'
import { prepareLaunch } from '../../build/launch.mjs'
import { root } from './run-shown.ts'

/** The real app in real Electron, its sandbox on. */
export interface RunningApp {
  app: ElectronApplication
  page: Page
  /** A folder the app's user may write, for profiles and data. */
  folder: string
  /** Where the running copy of the app lies. */
  appFolder: string
  close: () => Promise<void>
}

export interface AppWish {
  /** Writes what the app is to find before it starts, into the folder given, and returns more arguments. */
  prepare?: (folder: string) => string[]
  /** Added to the environment, such as DISPLAY. */
  env?: Record<string, string>
  /** Changes the copy of the built app before it runs; there always is one then. */
  alterApp?: (folder: string) => void
}

/** The app with a data folder of its own, to be started as often as wanted. */
export interface InstalledApp {
  folder: string
  dataFolder: string
  /** What starts it, for a start without Playwright. */
  command: { executable: string; args: string[]; env: Record<string, string>; cwd: string }
  start: () => Promise<{ app: ElectronApplication; page: Page }>
  /** What the app wrote into its log so far. */
  log: () => string
  remove: () => void
}

/** Puts the built app where it can run with its sandbox on. */
export async function installApp(wish: AppWish = {}): Promise<InstalledApp> {
  if (!existsSync(path.join(root, 'out/main/index.js'))) throw new Error('The app is not built: npm run build')
  const launch = prepareLaunch(await findElectron())
  const appFolder = wish.alterApp ? copyToAlter(launch) : launch.app
  wish.alterApp?.(appFolder)
  const more = wish.prepare?.(launch.folder) ?? []
  const dataFolder = path.join(launch.folder, 'data')
  const command = {
    executable: launch.executable,
    args: [appFolder, `--user-data-dir=${dataFolder}`, ...more],
    env: { ...process.env, ...wish.env } as Record<string, string>,
    cwd: appFolder,
  }
  const logFile = path.join(dataFolder, 'logs/watchpost.log')
  return {
    folder: launch.folder,
    dataFolder,
    command,
    async start() {
      const { executable: executablePath, ...how } = command
      const app = await _electron.launch({ ...how, executablePath, chromiumSandbox: true, timeout: 60_000 })
      return { app, page: await app.firstWindow() }
    },
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
    remove: launch.clean,
  }
}

/** What runs is the project itself unless root runs it; that one is not altered. */
function copyToAlter(launch: ReturnType<typeof prepareLaunch>): string {
  if (launch.app !== root) return launch.app
  const copy = path.join(launch.folder, 'app')
  for (const part of ['package.json', 'out']) cpSync(path.join(root, part), path.join(copy, part), { recursive: true })
  return copy
}

/** Starts the built app with a data folder of its own. */
export async function startApp(wish: AppWish = {}): Promise<RunningApp> {
  const installed = await installApp(wish)
  const { app, page } = await installed.start()
  const close = async () => {
    await app.close()
    installed.remove()
  }
  return { app, page, folder: installed.folder, appFolder: installed.command.cwd, close }
}
