import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeCapture } from '../../../src-main/storage/capture-folder.ts'

const never = new AbortController().signal
const files = ['index.md', 'sites.json', 'cameras.json'].map((name) => ({ name, text: name }))
let out: string
beforeEach(() => (out = mkdtempSync(path.join(tmpdir(), 'capture-folder-'))))
afterEach(() => rmSync(out, { recursive: true }))

it('a capture is written whole, into a folder that is made for it', async () => {
  await writeCapture(path.join(out, 'a', 'b'), files, never)
  expect(readdirSync(path.join(out, 'a', 'b')).sort()).toEqual(['cameras.json', 'index.md', 'sites.json'])
})

it('a capture that cannot be written whole leaves nothing but what was there before', async () => {
  writeFileSync(path.join(out, 'cameras.json'), 'older')
  await expect(writeCapture(out, files, never)).rejects.toMatchObject({
    failure: { kind: 'bad-file', file: path.join(out, 'cameras.json') },
  })
  expect(readdirSync(out)).toEqual(['cameras.json'])
})

it('a capture that is called off leaves no folder of its own, and keeps one that was there', async () => {
  const calledOff = new AbortController()
  const [made, kept] = [path.join(out, 'made'), path.join(out, 'kept')]
  mkdirSync(kept)
  calledOff.abort()
  for (const folder of [made, kept])
    await expect(writeCapture(folder, files, calledOff.signal)).rejects.toBe(calledOff.signal.reason)
  expect([existsSync(made), readdirSync(kept)]).toEqual([false, []])
})
