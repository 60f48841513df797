import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writePicture } from '../../../src-main/storage/picture-file.ts'
import { namePart, wallClock } from '../../../src-main/storage/taken-name.ts'
import { realDisk } from '../../../src-main/storage/verified-file.ts'
import { FakeDisk } from './support.ts'

const bytes = Uint8Array.from({ length: 5_000 }, (_, index) => index % 251)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const picture = { name: 'Site Camera 2026-11-26 14-02-30.240', ending: '.png', bytes }
const describeIt = (file: string, hash: string) => ({ file, hash })

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'picture-file-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const there = () => readdirSync(folder).sort()
const write = (place = { folder, isOurs: false }, disk = realDisk) => writePicture(place, picture, describeIt, disk)

describe('a picture', () => {
  it('lies in the folder beside its description, which has its hash', async () => {
    expect(await write()).toEqual({ fileName: `${picture.name}.png`, sha256 })
    expect(there()).toEqual([`${picture.name}.png`, `${picture.name}.png.json`])
    expect(new Uint8Array(readFileSync(path.join(folder, `${picture.name}.png`)))).toEqual(bytes)
    expect(JSON.parse(readFileSync(path.join(folder, `${picture.name}.png.json`), 'utf8'))).toEqual({
      file: `${picture.name}.png`,
      hash: sha256,
    })
  })

  it('never takes the place of another file, nor of another’s description', async () => {
    writeFileSync(path.join(folder, `${picture.name}.png`), 'older')
    writeFileSync(path.join(folder, `${picture.name} (2).png.json`), 'older')
    expect((await write()).fileName).toBe(`${picture.name} (3).png`)
    expect(readFileSync(path.join(folder, `${picture.name}.png`), 'utf8')).toBe('older')
    expect(readFileSync(path.join(folder, `${picture.name} (2).png.json`), 'utf8')).toBe('older')
  })

  it('makes our own folder, and never one that a person chose and is gone', async () => {
    const gone = path.join(folder, 'stick', 'pictures')
    await expect(write({ folder: gone, isOurs: false })).rejects.toMatchObject({
      failure: { kind: 'bad-file', file: gone, problem: 'it is not there' },
    })
    expect(there()).toEqual([])
    expect((await write({ folder: gone, isOurs: true })).sha256).toBe(sha256)
  })

  it('is not begun on a full disk, nor in what is no folder', async () => {
    const full = new FakeDisk()
    full.free = 1_000
    await expect(write({ folder, isOurs: true }, full)).rejects.toMatchObject({
      failure: { kind: 'bad-file', file: folder, problem: 'the disk is full' },
    })
    const file = path.join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(write({ folder: file, isOurs: false })).rejects.toMatchObject({
      failure: { problem: 'is not a folder' },
    })
    expect(there()).toEqual(['a-file'])
  })

  it('leaves nothing where its description cannot be written', async () => {
    const unsayable = () => ({
      toJSON: () => {
        throw new Error('cannot be said')
      },
    })
    await expect(writePicture({ folder, isOurs: false }, picture, unsayable, realDisk)).rejects.toThrow(
      'cannot be said',
    )
    mkdirSync(path.join(folder, 'others'))
    expect(there()).toEqual(['others'])
  })
})

describe('its name', () => {
  it('says what the server calls the site and the camera, as near as files can', () => {
    expect(namePart('Straße 7/Ost: <Tor>', 'camera')).toBe('Straße 7-Ost- -Tor')
    expect(namePart('../../etc/passwd', 'camera')).toBe('etc-passwd')
    expect(namePart(' \u202e.. ', 'camera')).toBe('camera')
    expect(namePart('Käfer 東', 'camera')).toBe('Käfer 東')
  })

  it('holds nothing that a system could take amiss, whatever the server says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const part = namePart(text, 'camera')
        expect(part).not.toMatch(/[/\\:*?"<>|.\p{C}]/u)
        expect(part).toBe(part.trim())
        expect(part.length).toBeGreaterThan(0)
        expect(Array.from(part).length).toBeLessThanOrEqual(40)
      }),
    )
  })

  it('has the time as clocks of the site show it, and of this computer where it does not say its zone', () => {
    const atMs = Date.parse('2026-11-26T18:02:30.240Z')
    expect(wallClock(atMs, 'Atlantic Standard Time')).toEqual({
      text: '2026-11-26 14:02:30.240',
      forName: '2026-11-26 14-02-30.240',
      zone: 'America/Halifax',
    })
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
    for (const unknown of [undefined, 'Nowhere Time']) expect(wallClock(atMs, unknown).zone).toBe(own)
    expect(wallClock(atMs, 'Europe/Berlin').text).toBe('2026-11-26 19:02:30.240')
  })
})
