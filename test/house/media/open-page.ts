import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'vite'
import type { Simulator } from '../../simulator/start.ts'
import { DirectBridge } from './direct-bridge.ts'

const ORIGIN = 'https://page.example'

/** Chromium as the client's engine is set up: pictures play by themselves, peers may use loopback, memory can be swept. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      '--js-flags=--expose-gc',
    ],
  })

/** The scripts of a page as one text. */
export async function bundle(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'chrome130',
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  })
  const outputs = Array.isArray(made) ? made : [made]
  for (const output of outputs)
    if ('output' in output) for (const chunk of output.output) if (chunk.type === 'chunk') return chunk.code
  throw new Error(`nothing was built from ${entry}`)
}

/** A page with these scripts, whose `window.bridge` leads straight to the simulator. */
export async function openPage(
  browser: Browser,
  simulator: Simulator,
  script: string,
): Promise<{ page: Page; bridge: DirectBridge }> {
  const bridge = new DirectBridge(simulator)
  await bridge.signIn()
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await page.exposeFunction('bridgeCall', bridge.call)
  await page.addInitScript(() => {
    const listeners = new Map<string, Set<(fact: unknown) => void>>()
    const bridgeCall = (window as unknown as { bridgeCall: (name: string, input: unknown) => Promise<unknown> })
      .bridgeCall
    Object.assign(window, {
      bridge: {
        call: (name: string, input: unknown) => bridgeCall(name, input),
        on(name: string, listener: (fact: unknown) => void) {
          const heard = listeners.get(name) ?? new Set()
          listeners.set(name, heard.add(listener))
          return () => heard.delete(listener)
        },
      },
      announce: (name: string, fact: unknown) => listeners.get(name)?.forEach((listener) => listener(fact)),
    })
  })
  await page.route(`${ORIGIN}/**`, (route) => {
    const isScript = route.request().url().endsWith('.js')
    return route.fulfill(
      isScript
        ? { contentType: 'text/javascript', body: script }
        : {
            contentType: 'text/html',
            body: '<!doctype html><style>body{margin:0;display:flex;flex-wrap:wrap}</style><body><script src="/page.js"></script>',
          },
    )
  })
  await page.goto(`${ORIGIN}/`)
  return { page, bridge }
}
