import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'

/** Who is answered by main, and with what. */
let desk: Desk
test.beforeAll(async () => {
  desk = await openDesk({ simulator: { media: null } })
})
test.afterEach(({}, info) => keepEvidence(desk, info))
test.afterAll(() => desk.close())

test('hostile calls of our own page come back as results that say nothing', async () => {
  const outcomes = await desk.page.evaluate(async () => {
    const deep: Record<string, unknown> = {}
    let inner = deep
    for (let depth = 0; depth < 50; depth++) inner = inner.next = {} as Record<string, unknown>
    const siteId = '0d5c7a52-5e7e-4b7a-9c36-3a1f6f0f5d01'
    const tries: [string, unknown, unknown][] = [
      ['unknown name', 'openDevTools', undefined],
      ['prototype', '__proto__', undefined],
      ['constructor', 'constructor', undefined],
      ['number', 7, undefined],
      ['nothing', undefined, undefined],
      ['object', { name: 'listSites' }, undefined],
      ['input where none is due', 'listSites', { siteId }],
      ['deep', 'probeSite', deep],
      ['wide', 'probeSite', Array.from({ length: 100_000 }, () => 0)],
      ['long', 'probeSite', { siteId: 'x'.repeat(5_000_000) }],
      ['date', 'probeSite', new Date()],
      ['map', 'probeSite', new Map([['siteId', siteId]])],
      ['bytes', 'probeSite', new Uint8Array(10)],
      ['bigint', 'probeSite', { siteId: 7n }],
      ['path for an id', 'probeSite', { siteId: '../../etc/passwd' }],
      ['address for an id', 'probeSite', { siteId: 'https://evil.example/' }],
      ['one key too many', 'probeSite', { siteId, url: 'https://evil.example/' }],
      ['unknown site', 'probeSite', { siteId: '00000000-0000-4000-8000-000000000000' }],
      [
        'pin of its own',
        'pinSite',
        { siteId, probeId: '00000000-0000-4000-8000-000000000000', fingerprint: '00'.repeat(32), typed: '00000000' },
      ],
      ['too many', 'listCameras', { siteId, from: 0, count: 1e9 }],
    ]
    const { call } = window.bridge as unknown as {
      call: (name: unknown, input: unknown) => Promise<{ ok: boolean; failure: object }>
    }
    return Promise.all(
      tries.map(async ([what, name, input]) => {
        const answer = await call(name, input).catch((error: unknown) => ({ ok: 'rejected', failure: String(error) }))
        return { what, ok: answer.ok, said: JSON.stringify(answer.failure) }
      }),
    )
  })
  for (const { what, ok, said } of outcomes) {
    expect(ok, `${what}: ${said}`).toBe(false)
    expect(said, what).not.toMatch(/ at |\/|Error|passwd|evil/)
  }
})

test('what cannot be copied does not reach main, and main goes on', async () => {
  const outcome = await desk.page.evaluate(async () => {
    const { call } = window.bridge as unknown as { call: (name: string, input: unknown) => Promise<{ ok: boolean }> }
    const attempt = async (input: unknown) => {
      try {
        return (await call('listSites', input)).ok ? 'answered' : 'refused'
      } catch {
        return 'refused'
      }
    }
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    return [await attempt(() => 1), await attempt(Symbol('x')), await attempt(cycle), await attempt(window)]
  })
  expect(outcome).toEqual(['refused', 'refused', 'refused', 'refused'])
  expect(await desk.page.evaluate(() => window.bridge.call('listSites', undefined))).toMatchObject({ ok: true })
})

test('the channel that electron-store opens is closed', async () => {
  const listeners = await desk.app.evaluate(({ ipcMain }) => ipcMain.listenerCount('electron-store-get-data'))
  expect(listeners).toBe(0)
})

/** Opens a window of its own with a preload script that has Electron's whole renderer API, and calls our channel from it. */
async function callFrom(place: { address: string; ours: boolean }, words: unknown[]): Promise<string> {
  const preload = path.join(desk.installed.folder, 'foreign.cjs')
  writeFileSync(
    preload,
    `const { contextBridge, ipcRenderer } = require('electron')
    contextBridge.exposeInMainWorld('foreign', { call: (words) => ipcRenderer.invoke('call', ...words) })`,
  )
  return desk.app.evaluate(
    async ({ BrowserWindow, session }, wish) => {
      const own = session.fromPartition(wish.ours ? 'desk' : 'foreign')
      if (!wish.ours && !own.protocol.isProtocolHandled('app'))
        own.protocol.handle('app', () => new Response('<h1>foreign</h1>', { headers: { 'content-type': 'text/html' } }))
      const window = new BrowserWindow({
        show: false,
        webPreferences: { session: own, preload: wish.preload, sandbox: true },
      })
      try {
        await window.loadURL(wish.address)
        const code = `foreign.call(${JSON.stringify(wish.words)}).then((answer) => JSON.stringify(answer), (error) => error.message)`
        return (await window.webContents.executeJavaScript(code)) as string
      } finally {
        window.destroy()
      }
    },
    { ...place, words, preload },
  )
}

test('our own page in our own session is answered, but not with a second argument', async () => {
  const ours = { address: 'app://desk/index.html', ours: true }
  expect(JSON.parse(await callFrom(ours, ['listSites']))).toMatchObject({ ok: true })
  expect(await callFrom(ours, ['listSites', null, 'more'])).toContain('not our page')
})

test('a foreign window is not answered, whatever it calls itself', async () => {
  for (const address of ['data:text/html,x', 'app://desk.evil/index.html', 'app://desk/index.html', 'about:blank'])
    expect(await callFrom({ address, ours: false }, ['listSites']), address).toContain('not our page')
  expect(await callFrom({ address: 'about:blank', ours: true }, ['listSites'])).toContain('not our page')
})
