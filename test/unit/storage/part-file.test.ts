import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PartFile } from '../../../src-main/storage/part-file.ts'
import { realDisk } from '../../../src-main/storage/verified-file.ts'
import { FakeDisk } from './support.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'part-file-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const there = () => readdirSync(folder).sort()
const file = () => path.join(folder, 'camera')

describe('a large file', () => {
  it('is called a part until it is complete, may be mended where it was written, and has its hash from the disk', async () => {
    const part = await PartFile.open(file(), realDisk)
    await part.write(0, Buffer.from('....world'))
    await part.write(9, Buffer.from('!'))
    await part.write(0, Buffer.from('Hello, w'))
    expect(there()).toEqual(['camera.part'])
    const done = await part.finish(path.join(folder, 'copy.mp4'))
    const text = 'Hello, wd!'
    expect(readFileSync(done.file, 'utf8')).toBe('Hello, wd!')
    expect(done).toEqual({
      file: path.join(folder, 'copy.mp4'),
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: text.length,
    })
    expect(there()).toEqual(['copy.mp4'])
  })

  it('never takes the place of another, complete or not', async () => {
    writeFileSync(path.join(folder, 'copy.mp4'), 'older')
    const part = await PartFile.open(file(), realDisk)
    await expect(PartFile.open(file(), realDisk)).rejects.toMatchObject({
      failure: { kind: 'bad-file', problem: 'a file of that name is there already' },
    })
    await part.write(0, Buffer.from('new'))
    expect(path.basename((await part.finish(path.join(folder, 'copy.mp4'))).file)).toBe('copy (2).mp4')
    expect(readFileSync(path.join(folder, 'copy.mp4'), 'utf8')).toBe('older')
  })

  it('has no hole, stops before the disk is full, and leaves nothing when it is dropped', async () => {
    const disk = new FakeDisk()
    const part = await PartFile.open(file(), disk)
    await part.write(0, Buffer.from('abc'))
    await expect(part.write(5, Buffer.from('x'))).rejects.toMatchObject({ failure: { problem: 'lacks a part' } })
    disk.free = 1e6
    await expect(part.write(3, Buffer.alloc(17 * 1024 * 1024))).rejects.toMatchObject({
      failure: { kind: 'bad-file', problem: 'the disk is full' },
    })
    await part.drop()
    await part.drop()
    expect(there()).toEqual([])
  })
})
