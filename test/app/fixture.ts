import { writeFileSync } from 'node:fs'
import type { ElectronApplication, Page, TestInfo } from '@playwright/test'
import { startSimulator, type Simulator } from '../simulator/start.ts'
import { installApp, type InstalledApp } from '../support/app.ts'
import { writeProfile, type ProfileWish } from '../support/profile-file.ts'

/** The real app at a desk of its own, with a simulated server beside it. */
export interface Desk {
  simulator: Simulator
  installed: InstalledApp
  app: ElectronApplication
  page: Page
  /** What pages wrote to their consoles, over all starts. */
  console: string[]
  signIn: () => Promise<void>
  /** Starts the app once more over the same data. The one before must have ended. */
  startAgain: () => Promise<void>
  close: () => Promise<void>
}

export interface DeskWish {
  simulator?: Parameters<typeof startSimulator>[0]
  /** Changes to the profile, which may need to know the server. */
  profile?: Partial<ProfileWish> | ((simulator: Simulator) => Partial<ProfileWish>)
  env?: Record<string, string>
  /** More files the app is to find; returns more arguments. */
  prepare?: (folder: string) => string[]
}

/** Sets up a server, a profile that trusts it, and the app. Close it in the same test. */
export async function openDesk(wish: DeskWish = {}): Promise<Desk> {
  const simulator = await startSimulator(wish.simulator ?? {})
  const { gateway, sha256, user, password } = simulator
  const installed = await installApp({
    ...(wish.env && { env: wish.env }),
    prepare(folder) {
      const changes = typeof wish.profile === 'function' ? wish.profile(simulator) : wish.profile
      const profile = writeProfile(folder, { gateway, sha256, user, rows: 3, columns: 3, ...changes })
      return ['--profile', profile, ...(wish.prepare?.(folder) ?? [])]
    },
  })
  const lines: string[] = []
  const listen = (page: Page): Page =>
    page
      .on('console', (message) => lines.push(`${message.type()}: ${message.text()}`))
      .on('pageerror', (error) => lines.push(`error: ${error.message}`))
  const first = await installed.start()
  listen(first.page)
  const desk: Desk = {
    simulator,
    installed,
    ...first,
    console: lines,
    async signIn() {
      await desk.page.getByLabel('User name', { exact: true }).fill(user)
      await desk.page.getByLabel('Password', { exact: true }).fill(password)
      await desk.page.getByRole('button', { name: 'Sign in' }).click()
    },
    async startAgain() {
      Object.assign(desk, await installed.start())
      listen(desk.page)
    },
    async close() {
      await desk.app.close()
      installed.remove()
      await simulator.stop()
    },
  }
  return desk
}

/** After a failed test: what the window showed, what the page said, and what the app logged. */
export async function keepEvidence(desk: Desk | undefined, info: TestInfo): Promise<void> {
  if (!desk || info.status === info.expectedStatus) return
  writeFileSync(info.outputPath('console.txt'), desk.console.join('\n'))
  writeFileSync(info.outputPath('watchpost.log'), desk.installed.log())
  // The page may be the very thing that died.
  await desk.page.screenshot({ path: info.outputPath('window.png'), timeout: 5_000 }).catch(() => undefined)
}
