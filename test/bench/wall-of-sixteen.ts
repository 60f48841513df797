import type { Playback } from '../../src-preload/contract/models/playback.ts'
import { framesAfter, type FirstFrames } from './first-frames.ts'
import { liveSessions, openStage, signIn, untilQuiet, type Stage } from './stage.ts'

const TILES = 16
const TRIES = 3

/** One picture as the bare page opens it: the same stream in the same place as the app's. */
export interface Picture {
  siteId: string
  cameraId: string
  /** `null` leaves the choice to the server. */
  streamId: string | null
  /** Left out: live. */
  playback?: Playback
  place: { leftPx: number; topPx: number; widthPx: number; heightPx: number }
}

interface BareWindow {
  bare: Record<'openAt' | 'replaceAt', (event: string, pictures: Picture[]) => void> & { close: () => Promise<void> }
}

/** The app with a full 4x4 view that plays, and what the bare page has to open to show the same. */
export async function openWall(): Promise<{ stage: Stage; pictures: Picture[] }> {
  const stage = await openStage({ cameras: TILES, grid: { rows: 4, columns: 4 } })
  try {
    await signIn(stage)
    await untilPlaying(stage)
    return { stage, pictures: await picturesShown(stage) }
  } catch (error) {
    await stage.close()
    throw error
  }
}

export async function untilPlaying({ page }: Stage): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-tile][data-state="live"]').length === wanted,
    TILES,
  )
}

async function picturesShown(stage: Stage): Promise<Picture[]> {
  const places = await stage.page.locator('[data-tile]').evaluateAll((tiles) =>
    tiles.map((tile) => {
      const { left, top, width, height } = tile.getBoundingClientRect()
      return { leftPx: left, topPx: top, widthPx: width, heightPx: height }
    }),
  )
  const sessions = await liveSessions(stage)
  if (sessions.length !== TILES) throw new Error(`the app opened ${sessions.length} sessions for ${TILES} tiles`)
  return sessions.map(({ camera, stream }, index) => ({
    siteId: stage.siteId,
    cameraId: camera.id,
    streamId: stream.id,
    place: places[index]!,
  }))
}

/** Leaves the Live screen; its sessions end when their grace is over. */
export async function leaveWall(stage: Stage): Promise<void> {
  await stage.page.getByRole('button', { name: 'Sites', exact: true }).click()
  await untilQuiet(stage)
}

/** Shows these in place of what the bare page shows, at a key, and gives the times of their first frames. */
export async function replaceOnBare({ bare }: Stage, pictures: Picture[]): Promise<number[]> {
  await bare.evaluate((what) => (window as unknown as BareWindow).bare.replaceAt('keydown', what), pictures)
  const wish = { event: 'keydown', pictures: pictures.length, isArriving: true } as const
  return framesAfter(bare, wish, () => bare.keyboard.press('Enter'))
}

/** Shows the pictures on the bare page for as long as `meanwhile` takes, and gives the times of their first frames. */
export async function openOnBare(
  stage: Stage,
  event: FirstFrames['event'],
  pictures: Picture[],
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<number[]> {
  for (let tries = 1; ; tries++)
    try {
      const times = await openOnce(stage, event, pictures)
      await meanwhile()
      return times
    } catch (error) {
      // A session that does not connect is tried anew by the app, but by nobody on the bare page.
      if (tries >= TRIES) throw error
    } finally {
      await stage.bare.evaluate(() => (window as unknown as BareWindow).bare.close())
      await untilQuiet(stage)
    }
}

async function openOnce({ bare }: Stage, event: FirstFrames['event'], pictures: Picture[]): Promise<number[]> {
  await bare.evaluate(([at, what]) => (window as unknown as BareWindow).bare.openAt(at, what), [
    event,
    pictures,
  ] as const)
  return framesAfter(bare, { event, pictures: pictures.length }, () =>
    event === 'keydown' ? bare.keyboard.press('Enter') : bare.mouse.click(5, 5),
  )
}
