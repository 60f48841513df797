import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { preview, type PreviewServer } from 'vite'
import { contentSecurityPolicy } from '../../src-main/electron/content-security-policy.ts'
import { answerPicture } from '../../src-main/handlers/picture-address.ts'
import { createMemoryLog } from '../../src-main/log.ts'
import { createServices, type Services } from '../../src-main/services.ts'
import type { Dialogs } from '../../src-main/sites/dialogs.ts'
import { createPreferenceMemory } from '../../src-main/sites/preference-store.ts'
import { systemClock, type Clock } from '../../src-main/xprotect/clock.ts'
import type { EventName, Events } from '../../src-preload/contract/events.ts'
import { firstView } from '../simulator/first-view.ts'
import { createMedia, type Media } from '../simulator/media/index.ts'
import { startSimulator, type Simulator } from '../simulator/start.ts'
import { leaksBelow, leaksIn } from '../support/leaks.ts'
import { writeProfile, type ProfileWish } from '../support/profile-file.ts'
import { root } from '../support/run-shown.ts'

/** The real page in Chromium, with the real main behind it, talking to the simulator over real TLS. No Electron. */
export interface House {
  page: Page
  simulator: Simulator
  services: Services
  log: { lines: string[] }
  /** What the page wrote to its console. */
  console: string[]
  /** Every call, answer and event between page and main, a line each. */
  messages: string[]
  /** Passwords and tokens that main came to know. */
  secrets: string[]
  /** Files that were shown in the file manager. */
  shown: string[]
  /** Where a profile lies, and everything main keeps. */
  folder: string
  signIn: (password?: string) => Promise<void>
  close: () => Promise<void>
}

export interface HouseWish {
  simulator?: Parameters<typeof startSimulator>[0]
  /** Done to the server before anything knows of it. */
  before?: (simulator: Simulator) => Promise<unknown>
  /** Changes to the profile; `sha256: undefined` leaves it without a pin. `null`: no profile at all. */
  profile?: Partial<ProfileWish> | ((simulator: Simulator) => Partial<ProfileWish>) | null
  /** More sites beside it. */
  moreProfiles?: (simulator: Simulator) => ProfileWish[]
  /** What the person points at, where the operating system would ask. */
  dialogs?: Dialogs
  /** This computer's, where it is set in the test. */
  clock?: Clock
  size?: { width: number; height: number }
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--allow-loopback-in-peer-connection',
  '--js-flags=--expose-gc',
]

/** Opens a page on a fresh site. Close it in the same test. */
export async function openHouse(wish: HouseWish = {}): Promise<House> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'watchpost-house-'))
  const media = wish.simulator?.media === null ? null : await createMedia({})
  const simulator = await startSimulator({ ...wish.simulator, media })
  // The first test on a machine waits here for the pictures to be drawn, instead of a tile waiting in a test.
  await media?.prepare(firstView(simulator.site), 'now')
  await wish.before?.(simulator)
  const extraFiles = profilesOf(wish, simulator).map((profile) => writeProfile(folder, profile))
  const { lines: logged, ...pen } = createMemoryLog()
  const secrets: string[] = []
  const messages: string[] = []
  const note = (...line: unknown[]) => void messages.push(JSON.stringify(line, withoutBytes))
  const shown: string[] = []
  const facts = new FactRoad()
  const services = await createServices({
    profiles: { userFolder: path.join(folder, 'sites'), extraFiles },
    preferences: createPreferenceMemory(),
    dataFolder: path.join(folder, 'data'),
    log: {
      ...pen,
      registerSecret(secret) {
        secrets.push(secret)
        pen.registerSecret(secret)
      },
    },
    takeAway: { pictures: path.join(folder, 'pictures'), show: (file) => void shown.push(file), version: 'house' },
    ...(wish.dialogs && { dialogs: wish.dialogs }),
    ...(wish.clock && { clock: wish.clock }),
    announce(name, fact) {
      note(`event:${name}`, fact)
      facts.send(name, fact)
    },
  })
  const server = await servePage()
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
  const page = await browser.newPage({ viewport: wish.size ?? { width: 1280, height: 800 } })
  const lines: string[] = []
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => lines.push(`error: ${error.message}`))
  await page.exposeFunction('bridgeCall', async (name: unknown, input: unknown) => {
    // There the password belongs.
    note('call', name, name === 'signIn' ? 'left out' : input)
    const result = await services.answer(name, input)
    note('answer', name, result)
    return result
  })
  await page.route(/^snapshot:/, async (route) => {
    const answer = await answerPicture(route.request().url(), (name) => services.picture(name))
    const [status, body] = [answer.status, Buffer.from(await answer.arrayBuffer())]
    await route.fulfill({ status, headers: Object.fromEntries(answer.headers), body })
  })
  await page.addInitScript(standIn)
  facts.open(page)
  await page.goto(server.resolvedUrls?.local[0] ?? '')

  return {
    page,
    simulator,
    services,
    log: { lines: logged },
    console: lines,
    messages,
    secrets,
    shown,
    folder,
    signIn: (password = simulator.password) => signIn(page, simulator.user, password),
    close: () => closeAll({ browser, server, services, simulator, media, facts, folder }),
  }
}

/** The profile of the simulated site first. */
function profilesOf(wish: HouseWish, simulator: Simulator): ProfileWish[] {
  const { gateway, sha256, user } = simulator
  const changes = typeof wish.profile === 'function' ? wish.profile(simulator) : wish.profile
  const own = changes === null ? [] : [{ gateway, sha256, user, rows: 3, columns: 3, ...changes }]
  return [...own, ...(wish.moreProfiles?.(simulator) ?? [])]
}

/** A picture is no line of text. */
const withoutBytes = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? `${value.length} bytes` : value

/** A clock of this computer that a test can step, as a person or NTP does. Its alarms ring by the real one. */
export function stepClock(): Clock & { stepMs: number } {
  const clock = { ...systemClock, stepMs: 0, now: () => Date.now() + clock.stepMs }
  return clock
}

/** Where main wrote down or told anybody a secret, one line each. */
export function leaksOf({ log, console, messages, secrets, folder, simulator }: House): string[] {
  const known = [...new Set([simulator.password, ...secrets])]
  const told = { log: log.lines, console, messages }
  return [
    ...Object.entries(told).flatMap(([where, lines]) =>
      leaksIn(Buffer.from(lines.join('\n')).toString('latin1'), known).map((form) => `${where}: ${form}`),
    ),
    ...leaksBelow(folder, known),
  ]
}

/** Types a name and a password as an operator does. */
export async function signIn(page: Page, user: string, password: string): Promise<void> {
  await page.getByLabel('User name', { exact: true }).fill(user)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Facts reach the page in the order they happened, and none is sent to a page that is not there. */
class FactRoad {
  #page: Page | null = null
  #last: Promise<unknown> = Promise.resolve()

  open(page: Page): void {
    this.#page = page
  }

  close(): void {
    this.#page = null
  }

  send<K extends EventName>(name: K, fact: Events[K]): void {
    const page = this.#page
    if (!page) return
    const tell = () => page.evaluate(([to, what]) => window.tellFact(to, what), [name, fact] as [string, unknown])
    this.#last = this.#last.then(tell).catch(() => undefined) // a page that is loading or closed hears nothing
  }
}

declare global {
  interface Window {
    bridgeCall: (name: string, input: unknown) => Promise<unknown>
    tellFact: (name: string, fact: unknown) => void
  }
}

/** Runs in the page before anything else: `window.bridge` as the preload script would make it. */
function standIn(): void {
  const listeners = new Map<string, Set<(fact: unknown) => void>>()
  window.tellFact = (name, fact) => listeners.get(name)?.forEach((listener) => listener(fact))
  Object.assign(window, {
    bridge: {
      call: (name: string, input: unknown) => window.bridgeCall(name, input),
      on(name: string, listener: (fact: unknown) => void) {
        const known = listeners.get(name) ?? new Set()
        listeners.set(name, known.add(listener))
        return () => void known.delete(listener)
      },
    },
  })
}

/** The built page, with the headers the app serves it with. */
async function servePage(): Promise<PreviewServer> {
  if (!existsSync(path.join(root, 'out/renderer/index.html'))) throw new Error('The page is not built: npm run build')
  return preview({
    configFile: false,
    root: path.join(root, 'src-renderer'),
    logLevel: 'silent',
    build: { outDir: path.join(root, 'out/renderer') },
    preview: { host: '127.0.0.1', port: 0, headers: { 'content-security-policy': contentSecurityPolicy } },
  })
}

interface Opened {
  browser: Browser
  server: PreviewServer
  services: Services
  simulator: Simulator
  media: Media | null
  facts: FactRoad
  folder: string
}

async function closeAll({ browser, server, services, simulator, media, facts, folder }: Opened): Promise<void> {
  facts.close()
  await browser.close()
  await services.close()
  await server.close()
  await simulator.stop()
  await media?.close()
  rmSync(folder, { recursive: true, force: true })
}
