import { setTimeout as wait } from 'node:timers/promises'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'
import { framesAfter } from './first-frames.ts'
import { askFrom, liveSessions, openStage, reloadCameras, signIn, untilQuiet, type Stage } from './stage.ts'
import { leaveWall, openOnBare, openWall, type Picture } from './wall-of-sixteen.ts'

const ROUNDS = 20
const WARM_ROUNDS = 8
const WALL_ROUNDS = 15
/** A hand that goes to a name, stops and clicks. */
const REST_MS = 500
/** No finger goes faster from one key to another. */
const FINGER_MS = 100

/** From the key that shows a camera to its picture, app and bare page in turn, another camera each time. */
export const oneTileBench: Bench = {
  name: 'one-tile',
  what: 'from Enter on a camera to its first painted frame',
  async run(say) {
    const stage = await openStage({ cameras: 24 })
    try {
      return await oneTile(stage, say)
    } finally {
      await stage.close()
    }
  },
}

async function oneTile(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const { page } = stage
  await signIn(stage)
  const usable = await usablePictures(stage)
  await page.keyboard.press('Alt+1')
  const place = await placeOfTile(stage)
  const times = { app: [] as number[], bare: [] as number[] }
  // The simulator reads each clip when it is first asked for it.
  await openOnBare(
    stage,
    'keydown',
    [...usable.values()].map((picture) => ({ ...picture, place })),
  )
  await untilQuiet(stage)

  for (let round = 0; round < ROUNDS; round++) {
    const picture = await goToNextCamera(stage, usable)
    await wait(FINGER_MS)
    const inApp = async () => {
      const [ms] = await framesAfter(page, { event: 'keydown', pictures: 1 }, () => page.keyboard.press('Enter'))
      await demandStream(stage, picture)
      await clearTile(stage)
      times.app.push(ms!)
    }
    const onBarePage = async () => {
      const [ms] = await openOnBare(stage, 'keydown', [{ ...picture, place }])
      times.bare.push(ms!)
    }
    for (const turn of round % 2 === 0 ? [inApp, onBarePage] : [onBarePage, inApp]) {
      await turn()
      await untilQuiet(stage)
    }
    say(`round ${round + 1}: app ${times.app.at(-1)!.toFixed(0)} ms, bare page ${times.bare.at(-1)!.toFixed(0)} ms`)
  }

  const hovered = await hoverRounds(stage, [...usable.keys()].slice(0, WARM_ROUNDS))
  const bareMs = median(times.bare)
  return [
    atMost('one tile: app / bare page', median(times.app) / bareMs, '', 1.15),
    shown('one tile: app', median(times.app), 'ms'),
    shown('one tile: bare page', bareMs, 'ms'),
    shown('one tile after the pointer rested on the name: app / bare page', median(hovered) / bareMs, ''),
    shown('one tile after the pointer rested on the name', median(hovered), 'ms'),
  ]
}

/** Cameras whose main stream plays here, by name. Asked so that neither main nor the page remembers any of it. */
async function usablePictures(stage: Stage): Promise<Map<string, Omit<Picture, 'place'>>> {
  const { page } = stage
  await reloadCameras(stage)
  const { cameras } = await askFrom(page, 'listCameras', { siteId: stage.siteId, from: 0, count: 1000 })
  const usable = new Map<string, Omit<Picture, 'place'>>()
  for (const { id: cameraId, name } of cameras) {
    const streams = await askFrom(page, 'listStreams', { siteId: stage.siteId, cameraId })
    const main = streams.find(({ liveDefault, codec }) => liveDefault && codec === 'H264')
    if (main) usable.set(name, { siteId: stage.siteId, cameraId, streamId: main.id })
  }
  await reloadCameras(stage)
  return usable
}

async function placeOfTile({ page }: Stage): Promise<Picture['place']> {
  await page.waitForFunction(() => document.querySelectorAll('[data-tile]').length === 1)
  const { left, top, width, height } = await page
    .locator('[data-tile]')
    .evaluate((tile) => tile.getBoundingClientRect().toJSON() as DOMRect)
  return { leftPx: left, topPx: top, widthPx: width, heightPx: height }
}

/** Walks down the tree by keyboard, as no pointer may rest on a name here, and says where it stands. */
async function goToNextCamera({ page }: Stage, usable: ReadonlyMap<string, Omit<Picture, 'place'>>) {
  const tree = page.getByRole('tree')
  await tree.focus()
  for (;;) {
    const before = await tree.getAttribute('aria-activedescendant')
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction(
      (old) => document.querySelector('[role=tree]')?.getAttribute('aria-activedescendant') !== old,
      before,
    )
    const row = page.locator('[role=treeitem][aria-selected=true]')
    const picture = usable.get((await row.locator('.name').textContent()) ?? '')
    if (picture) return picture
  }
}

/** Both sides must have shown the same stream, or they cannot be compared. */
async function demandStream(stage: Stage, { streamId }: Pick<Picture, 'streamId'>): Promise<void> {
  const sessions = await liveSessions(stage)
  if (sessions.length !== 1 || sessions[0]?.stream.id !== streamId)
    throw new Error(`the app opened ${sessions.length} sessions, or another stream than the bare page`)
}

async function clearTile({ page }: Stage): Promise<void> {
  await page.locator('[data-tile="0"]').focus()
  await page.keyboard.press('Delete')
  await page.waitForSelector('[data-tile="0"][data-state="empty"]')
}

async function hoverRounds(stage: Stage, names: string[]): Promise<number[]> {
  const { page } = stage
  const times: number[] = []
  for (const name of names) {
    const row = page.getByRole('treeitem', { name, exact: true })
    await row.hover()
    await wait(REST_MS)
    const [ms] = await framesAfter(page, { event: 'dblclick', pictures: 1 }, () => row.dblclick())
    times.push(ms!)
    await clearTile(stage)
    await page.mouse.move(640, 5)
    await untilQuiet(stage)
  }
  return times
}

/** From the click that brings the Live screen back to sixteen pictures, app and bare page in turn. */
export const sixteenTilesBench: Bench = {
  name: 'sixteen-tiles',
  what: 'from the click that opens a 4x4 view until all sixteen are painted',
  async run(say) {
    const { stage, pictures } = await openWall()
    try {
      return await sixteenTiles(stage, pictures, say)
    } finally {
      await stage.close()
    }
  },
}

async function sixteenTiles(stage: Stage, pictures: Picture[], say: (line: string) => void): Promise<Figure[]> {
  const { page } = stage
  const times = { app: [] as number[], bare: [] as number[] }
  const inApp = async () => {
    const live = page.getByRole('button', { name: 'Live', exact: true })
    const all = await framesAfter(page, { event: 'click', pictures: pictures.length }, () => live.click())
    times.app.push(all.at(-1)!)
    await leaveWall(stage)
    await reloadCameras(stage) // and what main and page remember of the streams
  }
  const onBarePage = async () => {
    times.bare.push((await openOnBare(stage, 'click', pictures)).at(-1)!)
  }
  await leaveWall(stage)
  await reloadCameras(stage)
  for (let round = 0; round < WALL_ROUNDS; round++) {
    for (const turn of round % 2 === 0 ? [inApp, onBarePage] : [onBarePage, inApp]) {
      await turn()
      await untilQuiet(stage)
    }
    say(`round ${round + 1}: app ${times.app.at(-1)!.toFixed(0)} ms, bare page ${times.bare.at(-1)!.toFixed(0)} ms`)
  }
  return [
    atMost('16 tiles all painted: app / bare page', median(times.app) / median(times.bare), '', 1.15),
    shown('16 tiles all painted: app', median(times.app), 'ms'),
    shown('16 tiles all painted: bare page', median(times.bare), 'ms'),
  ]
}
