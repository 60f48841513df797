import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defaultCacheDir } from '../../../simulator/media/clips/cache.ts'
import { ClipLibrary } from '../../../simulator/media/clips/library.ts'
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
const gate: ClipSpec = { ...corridor, scene: 'gate' }

let cacheDir: string
const open: ClipLibrary[] = []
beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'clips-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const library of open.splice(0)) await library.close()
  await rm(cacheDir, { recursive: true })
})

function openLibrary(folder = cacheDir): ClipLibrary {
  const library = new ClipLibrary(folder)
  open.push(library)
  return library
}

const kept = async () => (await readdir(cacheDir)).map((name) => name.replace(/-[0-9a-f]{20}\.clip$/, '')).sort()

it('two that want the same clip at once both get it whole, and nothing half made stays behind', async () => {
  const [one, other] = [openLibrary(), openLibrary()]
  const clips = await Promise.all([one.clip(corridor), one.clip(corridor), other.clip(corridor)])
  expect({
    pictures: clips.map(({ pictures }) => pictures.length),
    isShared: clips[0] === clips[1],
    files: await kept(),
  }).toEqual({ pictures: [60, 60, 60], isShared: true, files: ['corridor-0-320x180'] })
})

it('preparing tells of each clip that is made, and of none that was there', async () => {
  const progress: string[] = []
  const tell = (made: number, wanted: number) => progress.push(`${made} of ${wanted}`)
  await openLibrary().prepare([corridor, corridor], 'now', tell)
  await openLibrary().prepare([corridor, gate], 'now', tell)
  await openLibrary().prepare([gate, corridor], 'now', tell)
  expect(progress).toEqual(['1 of 1', '1 of 1'])
})

it('a clip somebody waits for is made before those ordered for sometime', async () => {
  const library = openLibrary()
  const made: string[] = []
  const patient = [0, 1, 2].map((variant) => ({ ...corridor, variant }))
  const sometime = library.prepare([...patient, gate], 'sometime').then(() => made.push('the rest'))
  await library.clip(gate)
  made.push('gate')
  await sometime
  expect({ made, files: await kept() }).toEqual({
    made: ['gate', 'the rest'],
    files: ['corridor-0-320x180', 'corridor-1-320x180', 'corridor-2-320x180', 'gate-0-320x180'],
  })
})

it('closing gives up the clips that are not made yet', async () => {
  const library = openLibrary()
  const wanted = [library.clip(corridor), library.prepare([gate], 'sometime')].map((each) =>
    expect(each).rejects.toThrow(),
  )
  await library.close()
  await Promise.all(wanted)
})

it('a size the encoder cannot make is an error with its reason', async () => {
  await expect(openLibrary().clip({ ...corridor, kbitPerSecond: -1 })).rejects.toThrow(/ffmpeg ended with/)
})

it('a machine without ffmpeg is told what to install', async () => {
  vi.stubEnv('PATH', cacheDir)
  await expect(openLibrary().clip(corridor)).rejects.toThrow(
    'ffmpeg is not installed, and draws the pictures; on Debian: apt-get install ffmpeg',
  )
})

it('a folder that cannot be written is named in a sentence, before anything is drawn', async () => {
  const blocked = path.join(cacheDir, 'a-file')
  await writeFile(blocked, '')
  await expect(openLibrary(path.join(blocked, 'clips')).clip(corridor)).rejects.toThrow(
    `The simulator's pictures cannot be kept in ${blocked}/clips (ENOTDIR). Set XDG_CACHE_HOME to a folder that can be written.`,
  )
})

it('a clip that is not whole is made anew', async () => {
  await openLibrary().clip(corridor)
  const file = path.join(cacheDir, (await readdir(cacheDir))[0]!)
  const whole = await readFile(file)
  await writeFile(file, whole.subarray(0, whole.length / 2))
  expect((await openLibrary().clip(corridor)).pictures.length).toBe(60)
})

it('what a killed process left half written is swept away, and what another writes now is not', async () => {
  const unfinished = (digit: string) => path.join(cacheDir, `gate.clip.${digit.repeat(36)}`)
  await writeFile(unfinished('0'), '')
  await writeFile(unfinished('1'), '')
  await utimes(unfinished('0'), 0, 0)
  await openLibrary().clip(corridor)
  expect(await kept()).toEqual(['corridor-0-320x180', `gate.clip.${'1'.repeat(36)}`])
})

it('clips are kept in the user’s cache, where XDG_CACHE_HOME says', () => {
  vi.stubEnv('XDG_CACHE_HOME', '/somewhere/cache')
  const wished = defaultCacheDir()
  vi.stubEnv('XDG_CACHE_HOME', 'not/absolute')
  expect([wished, defaultCacheDir()]).toEqual([
    '/somewhere/cache/watchpost/clips',
    path.join(process.env['HOME'] ?? '', '.cache/watchpost/clips'),
  ])
})
