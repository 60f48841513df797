import { existsSync } from 'node:fs'
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
  close: () => Promise<void>
}

export interface AppWish {
  /** Writes what the app is to find before it starts, into the folder given, and returns more arguments. */
  prepare?: (folder: string) => string[]
  /** Added to the environment, such as DISPLAY. */
  env?: Record<string, string>
  /** Changes the copy of the built app before it runs; only where there is a copy. */
  alterApp?: (folder: string) => void
}

/** Starts the built app with a data folder of its own. */
export async function startApp(wish: AppWish = {}): Promise<RunningApp> {
  if (!existsSync(path.join(root, 'out/main/index.js'))) throw new Error('The app is not built: npm run build')
  const launch = prepareLaunch(await findElectron())
  wish.alterApp?.(launch.app)
  const more = wish.prepare?.(launch.folder) ?? []
  const app = await _electron.launch({
    executablePath: launch.executable,
    chromiumSandbox: true,
    args: [launch.app, `--user-data-dir=${path.join(launch.folder, 'data')}`, ...more],
    env: { ...process.env, ...wish.env } as Record<string, string>,
    cwd: launch.app,
    timeout: 60_000,
  })
  const page = await app.firstWindow()
  const close = async () => {
    await app.close()
    launch.clean()
  }
  return { app, page, folder: launch.folder, close }
}
