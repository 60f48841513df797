import { afterEach, describe, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { openDesk, siteId, type Desk } from './desk.ts'

/** What security.md 6 R30 allows, and after how many answers. */
const ERROR_MS = 100
const ANSWERS = 20

let simulator: Simulator
let desk: Desk
afterEach(async () => {
  await desk.close()
  await simulator.stop()
})

async function signedInTo(clockOffsetSeconds: number): Promise<void> {
  simulator = await startSimulator({ media: null, special: false, clockOffsetSeconds })
  const { gateway, sha256, user, password } = simulator
  desk = await openDesk({ gateway: [gateway], trust: { [gateway]: { mode: 'pin', pins: [sha256] } } })
  await desk.ask('signIn', { siteId, user, password })
  const known = async () => expect((await desk.site()).capabilities.version.is).toBe('known')
  await vi.waitFor(known, { timeout: 20_000 })
}

/** How many answers it takes until the offset is known well enough. They come at odd moments of the server's second. */
async function answersUntil(offsetMs: number): Promise<number> {
  let answers = 0
  await vi.waitFor(
    async () => {
      answers++
      await desk.ask('listCameraGroups', { siteId })
      expect(Math.abs(((await desk.site()).clockOffsetMs ?? Infinity) - offsetMs)).toBeLessThanOrEqual(ERROR_MS)
    },
    { timeout: 20_000, interval: 67 },
  )
  return answers
}

describe('R30: the clock of a server', () => {
  it.each([-47, 180])('that is %i s off is known within a tenth of a second after twenty answers', async (seconds) => {
    await signedInTo(seconds)
    expect(await answersUntil(seconds * 1000)).toBeLessThanOrEqual(ANSWERS)
  })

  it('is known anew when it is set during work', async () => {
    await signedInTo(0)
    await answersUntil(0)
    await simulator.act({ do: 'set-clock', offsetSeconds: -47 })
    // Two answers that contradict what was believed: one alone may be a slip.
    expect(await answersUntil(-47_000)).toBeLessThanOrEqual(ANSWERS + 2)
  })
})
