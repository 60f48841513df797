import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import { PictureStore } from '../../../src-main/storage/picture-store.ts'

const [north, south] = ['north' as SiteId, 'south' as SiteId]
const picture = (bytes: number, fill = 1): Buffer => Buffer.alloc(bytes, fill)
let [out, folder] = ['', '']
let store: PictureStore
beforeEach(async () => {
  out = mkdtempSync(path.join(tmpdir(), 'pictures-'))
  folder = path.join(out, 'pictures')
  store = new PictureStore(folder, 100)
  await store.open()
})
afterEach(() => rmSync(out, { recursive: true }))

it('a picture is kept under a name, for its user alone', async () => {
  const name = await store.keep(north, picture(10, 7))
  expect([await store.read(name), await store.read('other'), await store.read(`../${name}`)]).toEqual([
    picture(10, 7),
    undefined,
    undefined,
  ])
  const modes = [folder, path.join(folder, `${name}.jpg`)].map((file) => statSync(file).mode & 0o777)
  expect(modes).toEqual([0o700, 0o600])
})

it('the one not looked at for longest makes room', async () => {
  const names = [await store.keep(north, picture(40)), await store.keep(north, picture(40))]
  await store.read(names[0]!)
  const third = await store.keep(north, picture(40))
  expect([...names, third].map((name) => store.has(name))).toEqual([true, false, true])
  expect(readdirSync(folder).sort()).toEqual([`${names[0]}.jpg`, `${third}.jpg`].sort())
})

it('the pictures of a site go with its sign-in, also one that is being written', async () => {
  const kept = [await store.keep(north, picture(10)), await store.keep(south, picture(10))]
  const writing = store.keep(north, picture(10))
  await store.forget(north)
  const late = await writing
  expect([...kept, late].map((name) => store.has(name))).toEqual([false, true, false])
  expect(readdirSync(folder)).toEqual([`${kept[1]}.jpg`])
})

it('nothing is left of a run that ended, nor of one that was killed', async () => {
  await store.keep(north, picture(10))
  await store.close()
  expect(existsSync(folder)).toBe(false)
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'old.jpg'), 'old')
  await new PictureStore(folder).open()
  expect(readdirSync(folder)).toEqual([])
})

it('a picture that cannot be written is no picture, and takes no room', async () => {
  rmSync(folder, { recursive: true })
  await expect(store.keep(north, picture(90))).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
  mkdirSync(folder)
  const names = [await store.keep(north, picture(50)), await store.keep(north, picture(50))]
  expect(names.map((name) => store.has(name))).toEqual([true, true])
})

it('a file that somebody took away is no picture', async () => {
  const name = await store.keep(north, picture(10))
  rmSync(path.join(folder, `${name}.jpg`))
  expect([await store.read(name), store.has(name)]).toEqual([undefined, false])
})
