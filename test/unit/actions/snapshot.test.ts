import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SnapshotDesk } from '../../../src-main/actions/snapshot-desk.ts'
import { realDisk } from '../../../src-main/storage/verified-file.ts'
import type { SavedFile, SnapshotOrder } from '../../../src-preload/contract/models/snapshot.ts'
import { camera, openTakeAway } from './take-away-room.ts'

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3)

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'snapshot-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(site?: { clockOffsetMs?: number }) {
  const room = openTakeAway(folder, site)
  return { ...room, desk: new SnapshotDesk(room.takeAway, realDisk) }
}

const order = (more: Partial<SnapshotOrder> = {}): SnapshotOrder => ({
  camera,
  source: 'recorded',
  at: '2026-11-26T18:02:30.240Z',
  stale: false,
  widthPx: 1280,
  heightPx: 720,
  format: 'png',
  bytes: png,
  ...more,
})
const sidecar = ({ folder: where, fileName }: SavedFile) =>
  JSON.parse(readFileSync(path.join(where, `${fileName}.json`), 'utf8')) as Record<string, unknown>

describe('a snapshot', () => {
  it('of a recording says the recorded moment, who took it and when, and its hash; the trail has it too', async () => {
    const { desk, audited } = open()
    const saved = await desk.save(order())
    expect(saved).toMatchObject({
      fileName: 'Northgate- Works Main-gate 2026-11-26 14-02-30.240.png',
      folder: path.join(folder, 'Watchpost'),
    })
    const sha256 = createHash('sha256').update(png).digest('hex')
    expect(sidecar(saved)).toEqual({
      kind: 'Watchpost snapshot',
      note: expect.stringContaining('in XProtect') as string,
      file: saved.fileName,
      sha256,
      widthPx: 1280,
      heightPx: 720,
      source: 'recorded',
      frameTime: '2026-11-26T18:02:30.240Z',
      frameTimeIs: 'when it was recorded, by the clock of the server',
      frameTimeOnSite: '2026-11-26 14:02:30.240',
      timeZone: 'America/Halifax',
      stale: false,
      site: { name: 'Northgate: Works', id: camera.siteId },
      camera: { name: 'Main/gate', id: camera.cameraId },
      clientTime: '2026-11-26T18:02:31.000Z',
      serverOffsetMs: 1500,
      user: 'operator signed in, root at this computer',
      client: 'Watchpost 0.1.0',
    })
    expect(audited).toEqual([
      {
        what: 'snapshot-saved',
        who: 'operator signed in, root at this computer',
        siteId: camera.siteId,
        deviceId: camera.cameraId,
        subject: saved.fileName,
        outcome: sha256,
      },
    ])
  })

  it('of a live picture has the server’s time as an estimate, and an old one says so', async () => {
    const saved = await open().desk.save(order({ source: 'live', stale: true }))
    expect(sidecar(saved)).toMatchObject({
      frameTime: '2026-11-26T18:02:31.740Z',
      frameTimeIs: 'estimate: when it was painted, by the clock of the server',
      stale: true,
    })
    const unknown = await open({}).desk.save(order({ source: 'live' }))
    expect(sidecar(unknown)).toMatchObject({
      frameTime: '2026-11-26T18:02:30.240Z',
      frameTimeIs: 'estimate: when it was painted, by the clock of this computer',
      serverOffsetMs: null,
    })
  })

  it('is not written where the bytes are none of its kind, and then the trail has nothing', async () => {
    const { desk, audited } = open()
    await expect(desk.save(order({ format: 'jpeg' }))).rejects.toMatchObject({ failure: { kind: 'bug' } })
    await expect(desk.save(order({ bytes: Uint8Array.of(77, 90) }))).rejects.toMatchObject({ failure: { kind: 'bug' } })
    expect([audited, existsSync(path.join(folder, 'Watchpost'))]).toEqual([[], false])
  })
})

describe('the folder', () => {
  it('is the one a person chose last, and is said to be gone where it is', async () => {
    const { takeAway, desk, answer, audited } = open()
    expect(await takeAway.choose()).toBeNull()
    const chosen = path.join(folder, 'stick')
    answer.chosen = chosen
    expect(await takeAway.choose()).toBe(chosen)
    await expect(desk.save(order())).rejects.toMatchObject({
      failure: { kind: 'bad-file', file: chosen, problem: 'it is not there' },
    })
    expect(audited).toEqual([])
  })

  it('shows what was saved, and nothing else', async () => {
    const { takeAway, desk, shown } = open()
    const { id, fileName } = await desk.save(order())
    takeAway.show(id)
    expect(shown).toEqual([path.join(folder, 'Watchpost', fileName)])
    expect(() => takeAway.show('0c4d7e2a-1b5f-4a3c-8e9d-2f6b7a8c9d01')).toThrow('not-found')
  })

  it('is none where the computer has none for pictures', () => {
    expect(() => openTakeAway(undefined).takeAway.place).toThrow('bad-file')
  })
})
