import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { RecordedPicture } from '../../src-preload/contract/models/recorded-picture.ts'
import { demoSiteId, pinned } from '../support/profile-file.ts'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'

let desk: Desk
test.beforeAll(async () => {
  desk = await openDesk({
    simulator: { media: null },
    profile: ({ gateway, recorder, sha256 }) => ({
      fields: { recorders: [recorder], trust: pinned([gateway, recorder].map((origin) => ({ origin, sha256 }))) },
    }),
  })
})
test.afterEach(({}, info) => keepEvidence(desk, info))
test.afterAll(() => desk.close())

/** What an image of the page makes of an address: its width, or that there is none. */
const imageOf = (address: string): Promise<number | 'refused'> =>
  desk.page.evaluate(async (src) => {
    const image = new Image()
    image.src = src
    return image.decode().then(
      () => image.naturalWidth,
      () => 'refused' as const,
    )
  }, address)

/** The same in a window that is not our page, and has no policy of ours to hold it back. */
const foreignImageOf = (address: string, partition: string): Promise<unknown> =>
  desk.app.evaluate(
    async ({ BrowserWindow, session }, wish) => {
      const own = session.fromPartition(wish.partition)
      const window = new BrowserWindow({ show: false, webPreferences: { session: own, sandbox: true } })
      try {
        await window.loadURL('about:blank')
        const code = `(async () => {
          const image = new Image()
          image.src = ${JSON.stringify(wish.address)}
          return image.decode().then(() => image.naturalWidth, () => 'refused')
        })()`
        return (await window.webContents.executeJavaScript(code)) as unknown
      } finally {
        window.destroy()
      }
    },
    { address, partition },
  )

/** The newest picture of the first camera. */
async function found(): Promise<RecordedPicture> {
  const wish = {
    wishId: '7b0c5c0e-3a0f-4a59-9d4b-0c1f5a3c9e01',
    camera: { siteId: demoSiteId, cameraId: desk.simulator.site.cameras[0]!.id },
    at: new Date().toISOString(),
  }
  const ask = () =>
    desk.page.evaluate(async (input) => {
      const { call } = window.bridge as unknown as { call: (name: string, input: unknown) => Promise<unknown> }
      return (await call('findPicture', input)) as { ok: boolean; value: RecordedPicture | null }
    }, wish)
  await expect.poll(async () => (await ask()).ok).toBe(true)
  return (await ask()).value!
}

test('a recorded picture is an image of the page and of nothing else, and is gone when nobody is signed in', async () => {
  const span = {
    begin: new Date(Date.now() - 60_000).toISOString(),
    end: new Date(Date.now() + 3_600_000).toISOString(),
  }
  await desk.simulator.act({ do: 'set-recorded', camera: 1, spans: [span] })
  await desk.signIn()
  const { address, at } = await found()
  expect(address).toMatch(/^snapshot:\/\/desk\/[0-9a-f-]{36}$/)
  expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(60_000)
  expect(await imageOf(address)).toBeGreaterThan(0)

  const name = address.split('/').at(-1)!
  const others = [
    'snapshot://desk/',
    `snapshot://desk/${name}x`,
    `snapshot://elsewhere/${name}`,
    `snapshot://desk.elsewhere/${name}`,
    `app://desk/${name}`,
  ]
  for (const other of others) expect(await imageOf(other), other).toBe('refused')

  // Neither a script of the page, nor another page in our own session, nor another session.
  const read = await desk.page.evaluate(
    (src) =>
      fetch(src).then(
        () => 'read',
        () => 'refused',
      ),
    address,
  )
  expect([read, await foreignImageOf(address, 'desk'), await foreignImageOf(address, 'foreign')]).toEqual([
    'refused',
    'refused',
    'refused',
  ])

  const folder = path.join(desk.installed.dataFolder, 'timeline-pictures')
  await desk.page.evaluate(async (siteId) => {
    const { call } = window.bridge as unknown as { call: (name: string, input: unknown) => Promise<unknown> }
    await call('signOut', { siteId })
  }, demoSiteId)
  await expect.poll(() => imageOf(`${address}#again`)).toBe('refused')
  await expect.poll(() => readdirSync(folder)).toEqual([])
})
