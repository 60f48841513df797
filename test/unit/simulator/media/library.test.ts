import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ClipLibrary, defaultCacheDir } from '../../../simulator/media/clips/library.ts'
import type { ClipSpec } from '../../../simulator/media/clips/spec.ts'

const corridor: ClipSpec = {
  scene: 'corridor',
  variant: 0,
  widthPx: 320,
  heightPx: 180,
  pictures: 60,
  framesPerSecond: 15,
  kbitPerSecond: 200,
}

let cacheDir: string
beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'clips-'))
})
afterEach(async () => rm(cacheDir, { recursive: true }))

function open(): { library: ClipLibrary; progress: string[] } {
  const progress: string[] = []
  const onProgress = (made: number, wanted: number) => progress.push(`${made}/${wanted}`)
  return { library: new ClipLibrary({ cacheDir, onProgress }), progress }
}

it('two that want the same clip at once both get it whole, and nothing half made stays behind', async () => {
  const [one, other] = [open(), open()]
  const clips = await Promise.all([
    one.library.clip(corridor),
    one.library.clip(corridor),
    other.library.clip(corridor),
  ])
  expect({
    pictures: clips.map(({ pictures }) => pictures.length),
    isShared: clips[0] === clips[1],
    progress: [one.progress, other.progress],
    files: (await readdir(cacheDir)).map((name) => name.replace(/-[0-9a-f]{20}\.clip$/, '')),
  }).toEqual({
    pictures: [60, 60, 60],
    isShared: true,
    progress: [
      ['0/1', '1/1'],
      ['0/1', '1/1'],
    ],
    files: ['corridor-0-320x180'],
  })

  const later = open()
  await later.library.clip(corridor)
  expect(later.progress).toEqual([])
})

it('closing gives up the clips that are not made yet', async () => {
  const { library } = open()
  const wanted = library.clip(corridor)
  const given = expect(wanted).rejects.toThrow()
  await library.close()
  await given
})

it('a size the encoder cannot make is an error with its reason', async () => {
  const { library } = open()
  await expect(library.clip({ ...corridor, kbitPerSecond: -1 })).rejects.toThrow(/ffmpeg ended with/)
  await library.close()
})

it('clips are kept in the user’s cache', () => {
  expect(defaultCacheDir()).toMatch(/[/\\]watchpost[/\\]clips$/)
})
