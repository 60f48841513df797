import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExportDesk } from '../../../src-main/actions/export-desk.ts'
import { realDisk } from '../../../src-main/storage/verified-file.ts'
import type { ExportedFacts, ExportOrder } from '../../../src-preload/contract/models/export.ts'
import { FakeDisk } from '../storage/support.ts'
import { camera, openTakeAway, otherCamera } from './take-away-room.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'export-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const order: ExportOrder = {
  cameras: [camera, otherCamera],
  from: '2026-11-26T18:02:30.000Z',
  to: '2026-11-26T18:05:00.000Z',
  needBytes: 1_000_000,
}
const facts: ExportedFacts = {
  firstFrame: '2026-11-26T18:02:29.000Z',
  lastFrame: '2026-11-26T18:04:59.933Z',
  frames: 2_264,
  framesLost: 0,
  speed: 2,
  gaps: [],
  widthPx: 1280,
  heightPx: 720,
}
const span = '2026-11-26 14-02-30 to 14-05-00 viewing copy'
const jsonIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>

function open(disk = realDisk) {
  const room = openTakeAway(folder)
  return { ...room, desk: new ExportDesk(room.takeAway, disk) }
}

describe('a viewing copy', () => {
  it('has a file with its paper for each camera, a list of them, and a line in the trail for each', async () => {
    const { desk, audited, takeAway, shown } = open()
    const { id, folder: into } = await desk.begin(order)
    expect(into).toBe(path.join(folder, 'Watchpost', `Northgate- Works ${span}`))
    await desk.write({ id, camera, atByte: 0, bytes: Buffer.from('video of the one') })
    await desk.write({ id, camera: otherCamera, atByte: 0, bytes: Buffer.from('half of the oth') })
    expect(readdirSync(into).sort()).toEqual([`${camera.cameraId}.part`, `${otherCamera.cameraId}.part`])
    const sha256 = createHash('sha256').update('video of the one').digest('hex')
    const fileName = `Northgate- Works Main-gate ${span}.mp4`
    expect(await desk.finishFile({ id, camera, facts })).toEqual({ fileName, sha256, bytes: 16 })
    const paper = jsonIn(path.join(into, `${fileName}.json`))
    expect(paper).toMatchObject({
      kind: 'Watchpost viewing copy',
      note: expect.stringContaining('stays in XProtect') as string,
      file: fileName,
      sha256,
      reEncoded: false,
      from: order.from,
      fromOnSite: '2026-11-26 14:02:30.000',
      timeZone: 'America/Halifax',
      camera: { name: 'Main/gate', id: camera.cameraId },
      user: 'operator signed in, root at this computer',
      client: 'Watchpost 0.1.0',
      serverOffsetMs: 1500,
      ...facts,
    })

    const saved = await desk.end({ id, missing: [{ camera: otherCamera, why: 'signed-out' }] })
    expect(readdirSync(into).sort()).toEqual([fileName, `${fileName}.json`, 'manifest.json'])
    expect(jsonIn(path.join(into, 'manifest.json'))).toMatchObject({
      files: [paper],
      missing: [{ camera: { name: 'Main/gate', id: otherCamera.cameraId }, why: 'signed-out' }],
    })
    takeAway.show(saved.id)
    expect(shown).toEqual([path.join(into, 'manifest.json')])
    expect(audited.map(({ what, subject }) => [what, subject])).toEqual([
      ['export-begun', path.basename(into)],
      ['export-saved', fileName],
    ])
    await expect(desk.write({ id, camera, atByte: 0, bytes: Buffer.from('x') })).rejects.toThrow('not-found')
  })

  it('that is called off leaves nothing of ours, and what others put there stays', async () => {
    const { desk, audited } = open()
    const begun = await desk.begin(order)
    await desk.write({ id: begun.id, camera, atByte: 0, bytes: Buffer.from('video') })
    await desk.finishFile({ id: begun.id, camera, facts })
    await desk.write({ id: begun.id, camera: otherCamera, atByte: 0, bytes: Buffer.from('video') })
    await desk.cancel(begun.id)
    await desk.cancel(begun.id)
    expect(existsSync(begun.folder)).toBe(false)
    expect(audited.at(-1)).toMatchObject({ what: 'export-cancelled', subject: path.basename(begun.folder) })

    const again = await desk.begin(order)
    writeFileSync(path.join(again.folder, 'notes.txt'), 'mine')
    await desk.write({ id: again.id, camera, atByte: 0, bytes: Buffer.from('video') })
    await desk.cancelAll()
    expect(readdirSync(again.folder)).toEqual(['notes.txt'])
  })

  it('takes no other’s folder, and no camera that was not asked for', async () => {
    const { desk } = open()
    const [one, two] = [await desk.begin(order), await desk.begin(order)]
    expect([path.basename(one.folder), path.basename(two.folder)]).toEqual([
      `Northgate- Works ${span}`,
      `Northgate- Works ${span} (2)`,
    ])
    const stranger = { ...camera, cameraId: '0c4d7e2a-1b5f-4a3c-8e9d-2f6b7a8c9d99' } as typeof camera
    await expect(desk.write({ id: one.id, camera: stranger, atByte: 0, bytes: Buffer.from('x') })).rejects.toThrow(
      'not-found',
    )
    await desk.cancelAll()
  })

  it('is not begun where the disk has no room for it, and says how much there is', async () => {
    const disk = new FakeDisk()
    const { desk, audited } = open(disk)
    disk.free = 2_500_000
    expect(await desk.room()).toEqual({ folder: path.join(folder, 'Watchpost'), freeBytes: 2_500_000 })
    await expect(desk.begin(order)).rejects.toMatchObject({
      failure: { kind: 'bad-file', problem: 'the disk is full' },
    })
    expect([audited, readdirSync(path.join(folder, 'Watchpost'))]).toEqual([[], []])
  })
})
