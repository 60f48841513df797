import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BrokenExports } from '../../../src-main/actions/broken-exports.ts'
import { ExportDesk } from '../../../src-main/actions/export-desk.ts'
import { ExportRecords } from '../../../src-main/storage/export-records.ts'
import { realDisk } from '../../../src-main/storage/verified-file.ts'
import type { ExportedFacts, ExportOrder } from '../../../src-preload/contract/models/export.ts'
import { camera, openTakeAway, otherCamera } from './take-away-room.ts'

let folder: string
const desks: ExportDesk[] = []
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'broken-'))))
afterEach(async () => {
  // Their files are still open, as a program’s are that is killed.
  for (const desk of desks.splice(0)) await desk.cancelAll()
  rmSync(folder, { recursive: true, force: true })
})

const order: ExportOrder = {
  cameras: [camera, otherCamera],
  from: '2026-11-26T18:02:30.000Z',
  to: '2026-11-26T18:05:00.000Z',
  needBytes: 1_000,
}
const facts: ExportedFacts = {
  firstFrame: order.from,
  lastFrame: order.to,
  frames: 9,
  framesLost: 0,
  speed: 1,
  gaps: [],
  widthPx: 640,
  heightPx: 360,
}
const part = ({ cameraId }: typeof camera) => `${cameraId}.part`
const recordsIn = () => (existsSync(path.join(folder, 'records')) ? readdirSync(path.join(folder, 'records')) : [])

/** A start of the program over the same folders; one that ends without a word leaves its files as they are. */
function start() {
  const room = openTakeAway(folder)
  const records = new ExportRecords(path.join(folder, 'records'))
  const desk = new ExportDesk(room.takeAway, realDisk, records)
  desks.push(desk)
  const lines: string[] = []
  const broken = new BrokenExports({
    records,
    takeAway: room.takeAway,
    isOpen: (id) => desk.has(id),
    now: () => Date.parse('2026-11-26T19:00:00.000Z'),
    warn: (line) => void lines.push(line),
  })
  return { ...room, desk, broken, lines, look: () => broken.begin(Promise.resolve()) }
}

/** One camera is complete, of the other half a file is there. */
async function brokenOff() {
  const { desk } = start()
  const begun = await desk.begin(order)
  await desk.write({ id: begun.id, camera, atByte: 0, bytes: Buffer.from('whole') })
  const { fileName } = await desk.finishFile({ id: begun.id, camera, facts })
  await desk.write({ id: begun.id, camera: otherCamera, atByte: 0, bytes: Buffer.from('half') })
  return { ...begun, fileName }
}

describe('an export the program did not end', () => {
  it('loses its half file at the next start, keeps what is complete with a list of it, and is told of', async () => {
    const { id, folder: into, fileName } = await brokenOff()
    const { broken, look, audited, takeAway, shown } = start()
    expect(readdirSync(into)).toContain(part(otherCamera))
    look()
    const [one, ...more] = await broken.list()
    expect([one, more]).toEqual([
      {
        id,
        folder: into,
        from: order.from,
        to: order.to,
        complete: 1,
        missing: [otherCamera],
        file: { id: expect.any(String) as string, fileName: 'manifest.json', folder: into },
        problem: null,
      },
      [],
    ])
    expect(readdirSync(into).sort()).toEqual([fileName, `${fileName}.json`, 'manifest.json'].sort())
    expect(JSON.parse(readFileSync(path.join(into, 'manifest.json'), 'utf8'))).toMatchObject({
      kind: 'Watchpost export',
      user: 'operator signed in, root at this computer',
      clientTime: '2026-11-26T19:00:00.000Z',
      files: [{ file: fileName, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
      missing: [{ camera: { id: otherCamera.cameraId }, why: 'Watchpost ended before it was there' }],
    })
    takeAway.show(one!.file!.id)
    expect(shown).toEqual([path.join(into, 'manifest.json')])
    expect(audited).toEqual([
      {
        what: 'export-cancelled',
        who: '',
        subject: path.basename(into),
        outcome: 'broken off: 1 of 2 cameras complete',
      },
    ])
  })

  it('is told of at every start until it is dismissed, and is tidied once', async () => {
    await brokenOff()
    const first = start()
    first.look()
    await first.broken.list()
    const second = start()
    second.look()
    const [one] = await second.broken.list()
    expect([one?.complete, one?.problem, second.audited]).toEqual([1, null, []])
    await second.broken.dismiss(one!.id)
    const third = start()
    third.look()
    expect([await second.broken.list(), await third.broken.list(), recordsIn()]).toEqual([[], [], []])
    expect(existsSync(one!.folder)).toBe(true)
  })

  it('of which nothing is complete leaves nothing but what others put there', async () => {
    const { desk } = start()
    const [one, two] = [await desk.begin(order), await desk.begin(order)]
    for (const { id } of [one, two]) await desk.write({ id, camera, atByte: 0, bytes: Buffer.from('half') })
    writeFileSync(path.join(two.folder, 'notes.txt'), 'mine')
    writeFileSync(path.join(two.folder, 'other.part'), 'somebody’s')
    const { broken, look } = start()
    look()
    expect((await broken.list()).map(({ complete, file, problem }) => [complete, file, problem])).toEqual([
      [0, null, null],
      [0, null, null],
    ])
    expect([existsSync(one.folder), readdirSync(two.folder).sort()]).toEqual([false, ['notes.txt', 'other.part']])
  })

  it('never loses what this program did not write under that name', async () => {
    const { desk } = start()
    const { id, folder: into } = await desk.begin(order)
    writeFileSync(path.join(into, part(camera)), 'somebody’s')
    await expect(desk.write({ id, camera, atByte: 0, bytes: Buffer.from('x') })).rejects.toThrow('bad-file')
    await desk.write({ id, camera: otherCamera, atByte: 0, bytes: Buffer.from('half') })
    rmSync(path.join(into, part(otherCamera)))
    mkdirSync(path.join(into, part(otherCamera)))
    const { broken, look } = start()
    look()
    await broken.list()
    expect(readdirSync(into).sort()).toEqual([part(camera), part(otherCamera)])
    expect(readFileSync(path.join(into, part(camera)), 'utf8')).toBe('somebody’s')
  })

  it('whose folder is away is told of, and tidied at a later start when it is back', async () => {
    const { folder: into } = await brokenOff()
    const away = `${into} away`
    renameSync(into, away)
    const first = start()
    first.look()
    expect((await first.broken.list()).map(({ problem, file }) => [problem, file])).toEqual([['it is not there', null]])
    renameSync(away, into)
    const second = start()
    second.look()
    expect((await second.broken.list()).map(({ problem }) => problem)).toEqual([null])
    expect(readdirSync(into)).not.toContain(part(otherCamera))
  })
})

describe('an export that is not broken off', () => {
  it('leaves no record when it has ended or was called off', async () => {
    const { desk } = start()
    const [one, two] = [await desk.begin(order), await desk.begin(order)]
    expect(recordsIn()).toHaveLength(2)
    await desk.end({ id: one.id, missing: [] })
    await desk.cancel(two.id)
    expect(recordsIn()).toEqual([])
  })

  it('and runs while others are looked for is let alone', async () => {
    const { desk, broken, look } = start()
    const { id, folder: into } = await desk.begin(order)
    await desk.write({ id, camera, atByte: 0, bytes: Buffer.from('half') })
    look()
    expect([await broken.list(), readdirSync(into)]).toEqual([[], [part(camera)]])
    await desk.cancelAll()
  })

  it('but ended as its record was to go is not told of', async () => {
    const { folder: into } = await brokenOff()
    writeFileSync(path.join(into, 'manifest.json'), '{}')
    const { broken, look } = start()
    look()
    expect([await broken.list(), recordsIn()]).toEqual([[], []])
  })

  it('is not begun where it cannot be written down', async () => {
    writeFileSync(path.join(folder, 'records'), 'a file in the place of the folder')
    const { desk } = start()
    await expect(desk.begin(order)).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
    expect(readdirSync(path.join(folder, 'Watchpost'))).toEqual([])
  })

  it('a record that makes no sense is told of and costs itself', async () => {
    await brokenOff()
    writeFileSync(path.join(folder, 'records', 'a.json'), '{"version":1,"folder":"/"}')
    const { broken, look, lines } = start()
    look()
    expect(await broken.list()).toHaveLength(1)
    expect([lines[0], recordsIn().includes('a.json')]).toEqual(['the record a.json of an export makes no sense', true])
  })
})
