import { expect, test } from '@playwright/test'
import type { SimulatorOptions } from '../simulator/start.ts'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { hear, isOf, loudspeakers } from './heard.ts'
import { readTileStrip } from './read-strip.ts'
import { allRecorded } from './recorded-tile.ts'
import { allLive, tile, watchStates } from './tiles.ts'

let house: House
test.afterEach(() => house.close())

const HOUR_MS = 3_600_000
const iso = (ms: number): string => new Date(ms).toISOString()

/** Four live cameras that have recorded for hours. The first three have a microphone. */
async function opened(simulator: Partial<SimulatorOptions> = {}, fields: Record<string, unknown> = {}): Promise<void> {
  const spans = [{ begin: iso(Date.now() - 4 * HOUR_MS), end: iso(Date.now() + HOUR_MS) }]
  house = await openHouse({
    simulator: { profile: '25.2', microphones: 2, ...simulator },
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows: 2, columns: 2, fields: { recorders: [recorder], trust, ...fields } }
    },
    before: async (server) => {
      for (const camera of [1, 2, 3, 4]) await server.act({ do: 'set-recorded', camera, spans })
    },
  })
  await house.signIn()
  await allLive(house.page, 4)
}

const tileAt = (index: number) => house.page.locator(`[data-tile="${index}"]`)
const press = (key: string) => house.page.keyboard.press(key)
/** Numbers of the cameras whose sessions carry sound. */
const withSound = (): number[] =>
  house.simulator
    .state()
    .sessions.filter(({ sound }) => sound)
    .map(({ camera }) => camera.number)
const listening = (index: number) => expect(tileAt(index).locator('[data-sound]')).toHaveText('Listening')

/** The one camera is heard, and the sound is of this moment. */
async function hearsNow(camera: number): Promise<void> {
  await expect
    .poll(async () => {
      const heard = await hear(house.page)
      return heard && { camera: heard.camera, isNow: isOf(heard, Date.now()) }
    })
    .toEqual({ camera, isNow: true })
  expect(await loudspeakers(house.page)).toBe(1)
}

/** The one camera is heard, and the sound is of the moment its tile says it shows. */
async function hearsWhatIsShown(camera: number, tileSelector: string): Promise<void> {
  await expect
    .poll(async () => {
      const heard = await hear(house.page, tileSelector)
      return (
        heard && {
          camera: heard.camera,
          isOfPicture: isOf(heard, heard.saysMs),
          isOld: heard.saysMs < Date.now() - 10_000,
        }
      )
    })
    .toEqual({ camera, isOfPicture: true, isOld: true })
  expect(await loudspeakers(house.page)).toBe(1)
}

const silent = async (): Promise<void> => {
  await expect.poll(() => loudspeakers(house.page)).toBe(0)
  expect(await hear(house.page)).toBeNull()
}

test('nobody is heard until M is pressed, then one live camera alone, its picture going on; and nothing stays open', async () => {
  test.setTimeout(240_000)
  await opened()
  expect([withSound(), await loudspeakers(house.page)]).toEqual([[], 0])

  const seen = await watchStates(house.page)
  await press('2')
  await press('m')
  await listening(1)
  await hearsNow(2)
  expect(await seen()).toEqual([['live'], ['live'], ['live'], ['live']])
  expect((await readTileStrip(tileAt(1))).ageMs).toBeLessThan(2_000)

  // Another one instead, never both.
  await press('1')
  await press('m')
  await listening(0)
  await hearsNow(1)
  await expect(tileAt(1).locator('[data-sound]')).toHaveCount(0)
  await expect.poll(withSound, { timeout: 20_000 }).toEqual([1])

  await press('m')
  await silent()
  await expect(house.page.locator('[data-sound]')).toHaveCount(0)
  await expect.poll(withSound, { timeout: 20_000 }).toEqual([])
  await allLive(house.page, 4)
  expect(house.simulator.state().sessions.length).toBe(4)
})

test('a tile says that its camera has no microphone, and is not asked for with sound; one that is cleared falls silent', async () => {
  test.setTimeout(240_000)
  await opened()
  await press('4')
  await press('m')
  await expect(tileAt(3).locator('[data-sound]')).toHaveText('This camera has no microphone.')
  await tileAt(3).hover()
  await press('m')
  await expect(tileAt(3).getByRole('button', { name: 'Listen to this camera' })).toBeDisabled()
  expect(withSound()).toEqual([])

  await tileAt(1).hover()
  await tileAt(1).getByRole('button', { name: 'Listen to this camera' }).click()
  await listening(1)
  const volume = () => house.page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.volume)
  expect(await volume()).toBe(1)
  await press('Shift+M')
  await expect.poll(volume).toBe(0.5)
  await hearsNow(2)
  await tileAt(1).click()
  await press('Delete')
  await silent()
  await expect.poll(withSound, { timeout: 20_000 }).toEqual([])
  await expect.poll(() => house.simulator.state().sessions.length).toBe(3)
})

test('a recording is heard with its picture at its own speed, not at four times it, not paused, and not any more once left', async () => {
  test.setTimeout(240_000)
  await opened()
  const { page } = house
  await press('F2')
  await allRecorded(page, 'playing', 4)
  await press('2')
  await press('m')
  await listening(1)
  await hearsWhatIsShown(2, '[data-tile="1"]')

  // Somewhere else it is heard there.
  await press('Shift+ArrowLeft')
  await listening(1)
  await hearsWhatIsShown(2, '[data-tile="1"]')

  await press('Control+ArrowRight')
  await press('Control+ArrowRight')
  await expect(tileAt(1).locator('[data-sound]')).toHaveText('No sound at 4×')
  await silent()
  await expect.poll(withSound, { timeout: 20_000 }).toEqual([])
  await press('Control+ArrowLeft')
  await press('Control+ArrowLeft')
  await listening(1)
  await hearsWhatIsShown(2, '[data-tile="1"]')

  await press('Space')
  await expect(tileAt(1).locator('[data-sound]')).toHaveText('No sound while paused')
  await silent()
  await press('Space')
  await listening(1)
  await hearsWhatIsShown(2, '[data-tile="1"]')

  await press('F1')
  await allLive(page, 4)
  await silent()
  await expect(page.locator('[data-sound]')).toHaveCount(0)
  // One that was asked for and never answered would be kept by the server for a minute.
  await expect.poll(withSound, { timeout: 20_000 }).toEqual([])
  await expect.poll(() => house.simulator.state().sessions.length, { timeout: 20_000 }).toBe(4)
})

test('who listens to a live tile that looks back hears what it shows, and live again the present', async () => {
  test.setTimeout(240_000)
  await opened()
  await press('1')
  await press('m')
  await listening(0)
  await press('Shift+F2')
  await expect(tileAt(0).locator('[data-recorded]')).toHaveAttribute('data-recorded', 'playing', { timeout: 30_000 })
  await listening(0)
  await hearsWhatIsShown(1, '[data-tile="0"]')
  await press('l')
  await allLive(house.page, 4)
  await listening(0)
  await hearsNow(1)
  await press('F5')
  await silent()
})

test('a server that sends no sound is said to, and the picture goes on; so of a user who may not listen', async () => {
  test.setTimeout(240_000)
  await opened({ profile: '25.1' })
  await press('1')
  await press('m')
  await expect(tileAt(0).locator('[data-sound]')).toHaveText('The server sent no sound.', { timeout: 30_000 })
  await silent()
  await allLive(house.page, 4)
  await house.close()

  await opened()
  await house.simulator.act({ do: 'deny', user: house.simulator.user, right: 'LISTEN' })
  await press('1')
  await press('m')
  await expect(tileAt(0).locator('[data-sound]')).toHaveText('The server sent no sound.', { timeout: 30_000 })
  expect(withSound()).toEqual([])
})

test('where the page makes the offer, live and recorded cameras are heard too', async () => {
  test.setTimeout(240_000)
  await opened({ singleShot: true }, { singleShotPath: '/api/rest/v1/webrtc/signaling' })
  await press('1')
  await press('m')
  await listening(0)
  await hearsNow(1)
  const [name] = house.simulator.site.cameras.map((camera) => camera.name)
  expect((await readTileStrip(tile(house.page, name!))).ageMs).toBeLessThan(2_000)
  await press('F2')
  await allRecorded(house.page, 'playing', 4)
  await silent()
  await press('m')
  await listening(0)
  await hearsWhatIsShown(1, '[data-tile="0"]')
})
