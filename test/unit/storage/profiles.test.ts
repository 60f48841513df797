import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import { createProfileStore, type ProfileStore } from '../../../src-main/storage/profiles.ts'
import { writeVerified, type Disk } from '../../../src-main/storage/verified-file.ts'

const north = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01' as SiteId
const south = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a02' as SiteId
const origin = 'https://gateway.example'
const pin = 'ab'.repeat(32)
const roomy: Disk = { freeBytes: async () => 1e9 }
const full: Disk = { freeBytes: async () => 2_000_000 }

const profile = (id: SiteId, name: string): object => ({ version: 1, id, name, gateway: [origin] })
const pinned = (id: SiteId, name: string, pins = [pin]): object => ({
  ...profile(id, name),
  trust: { [origin]: { mode: 'pin', pins } },
})

let root: string
let machineFolder: string
let userFolder: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'profiles-'))
  machineFolder = path.join(root, 'machine')
  userFolder = path.join(root, 'user')
  mkdirSync(machineFolder)
  mkdirSync(userFolder)
})
afterEach(() => rmSync(root, { recursive: true }))

const put = (folder: string, name: string, content: object | string): string => {
  const file = path.join(folder, `${name}.watchpost.json`)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const open = (disk = roomy, extraFiles: string[] = []): ProfileStore =>
  createProfileStore({ machineFolder, userFolder, extraFiles }, () => Date.UTC(2026, 0, 2), disk)
const read = async (store = open()): Promise<unknown> => {
  const { profiles, problems } = await store.readAll()
  return {
    sites: profiles.map((one) => `${one.profile.name}${one.managed ? ' (managed)' : ''}`),
    problems: [...problems, ...profiles.flatMap((one) => (one.problem?.kind === 'bad-file' ? [one.problem] : []))].map(
      ({ file, problem }) => `${path.relative(root, file)}: ${problem}`,
    ),
  }
}

describe('reading', () => {
  it('takes the machine-wide folder, the user folder and the files named, in this order', async () => {
    put(userFolder, 'b', profile(south, 'South of the user'))
    put(machineFolder, 'a', profile(north, 'North of all'))
    const extra = put(root, 'c', profile(north, 'North named'))
    expect(await read(open(roomy, [extra]))).toEqual({
      sites: ['North of all (managed)', 'South of the user'],
      problems: [`c.watchpost.json: has the same id as ${path.join(machineFolder, 'a.watchpost.json')}`],
    })
  })

  it('finds nothing, without complaint, where no folder is', async () => {
    rmSync(machineFolder, { recursive: true })
    rmSync(userFolder, { recursive: true })
    expect(await read()).toEqual({ sites: [], problems: [] })
  })

  it('sets one bad file aside by name and uses the others', async () => {
    put(userFolder, 'a', '{"version":1')
    put(userFolder, 'b', profile(north, 'North'))
    put(userFolder, 'c', { ...profile(south, 'South'), password: 'hunter2' })
    expect(await read()).toEqual({
      sites: ['North'],
      problems: [
        'user/a.watchpost.json: is not JSON',
        'user/c.watchpost.json: holds a key named like a secret; profiles must not',
      ],
    })
    expect(readFileSync(path.join(userFolder, 'a.watchpost.json'), 'utf8')).toBe('{"version":1')
  })

  it('does not wait for a pipe, follow a folder, or swallow a huge file', async () => {
    execFileSync('/usr/bin/mkfifo', [path.join(userFolder, 'pipe.watchpost.json')])
    mkdirSync(path.join(userFolder, 'folder.watchpost.json'))
    symlinkSync('/dev/zero', path.join(userFolder, 'zero.watchpost.json'))
    symlinkSync('/etc/passwd', path.join(userFolder, 'passwd.watchpost.json'))
    symlinkSync('/nowhere', path.join(userFolder, 'gone.watchpost.json'))
    put(userFolder, 'huge', ' '.repeat(300_000))
    expect(await read()).toEqual({
      sites: [],
      problems: [
        'user/folder.watchpost.json: is not a file',
        'user/gone.watchpost.json: it is not there',
        'user/huge.watchpost.json: is too large',
        'user/passwd.watchpost.json: is not JSON',
        'user/pipe.watchpost.json: is not a file',
        'user/zero.watchpost.json: is not a file',
      ],
    })
  })

  it('reads a thousand of many and says so', async () => {
    for (let index = 0; index < 1_001; index++) put(userFolder, `site${index}`, '{}')
    const { problems } = await open().readAll()
    expect([problems.length, problems[0]?.problem]).toEqual([1_001, 'holds more than 1000 profiles'])
  })
})

describe('saving a pin', () => {
  it('writes it for this user only, keeps the old file, and finds it again', async () => {
    const file = put(userFolder, 'a', { ...profile(north, 'North'), $schema: 'x.json', user: 'op' })
    const before = readFileSync(file, 'utf8')
    const store = open()
    await store.readAll()
    await store.savePin(north, origin, pin)

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...pinned(north, 'North'), $schema: 'x.json', user: 'op' })
    expect(readdirSync(userFolder)).toEqual(['a.watchpost.json', 'a.watchpost.json.bak1', 'pins-seen.json'])
    expect(readFileSync(`${file}.bak1`, 'utf8')).toBe(before)
    expect(statSync(file).mode & 0o077).toBe(0)
    const [stored] = (await open().readAll()).profiles
    expect(stored?.profile.trust).toEqual({ [origin]: { mode: 'pin', pins: [pin] } })
  })

  it('keeps what an administrator changed in the meantime', async () => {
    const file = put(userFolder, 'a', profile(north, 'North'))
    const store = open()
    await store.readAll()
    put(userFolder, 'a', { ...profile(north, 'North, renamed'), user: 'night shift' })
    await store.savePin(north, origin, pin)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...pinned(north, 'North, renamed'), user: 'night shift' })
  })

  it('never replaces a pin that is there', async () => {
    const file = put(userFolder, 'a', pinned(north, 'North'))
    const store = open()
    await store.readAll()
    await store.savePin(north, origin, 'cd'.repeat(32))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(pinned(north, 'North'))
  })

  it('of a certificate announced before keeps the older one for thirty days', async () => {
    const next = 'cd'.repeat(32)
    const trust = { [origin]: { mode: 'pin', pins: [pin], next: [next] } }
    const file = put(userFolder, 'a', { ...profile(north, 'North'), trust })
    const store = open()
    await store.readAll()
    await store.savePromotion(north, origin, next)
    await store.savePromotion(north, origin, 'ef'.repeat(32))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      trust: {
        [origin]: { mode: 'pin', pins: [next], next: [], replaced: [{ pin, until: '2026-02-01T00:00:00.000Z' }] },
      },
    })
  })

  it('in place of another keeps nothing of that one', async () => {
    const trust = { [origin]: { mode: 'pin', pins: [pin], next: ['ef'.repeat(32)], allowExpired: true } }
    const file = put(userFolder, 'a', { ...profile(north, 'North'), trust })
    const store = open()
    await store.readAll()
    await store.saveRepin(north, origin, 'cd'.repeat(32))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(pinned(north, 'North', ['cd'.repeat(32)]))
  })

  it('keeps pins of two origins saved at the same moment', async () => {
    const file = put(userFolder, 'a', { ...profile(north, 'North'), idp: 'https://idp.example' })
    const store = open()
    await store.readAll()
    await Promise.all([store.savePin(north, origin, pin), store.savePin(north, 'https://idp.example', pin)])
    expect(Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { trust: object }).trust)).toEqual([
      origin,
      'https://idp.example',
    ])
  })

  it('names a server that no profile named as a recorder, once it was agreed on', async () => {
    const recorder = 'https://recorder.example:7563'
    const file = put(userFolder, 'a', { ...profile(north, 'North'), recorders: ['https://other.example:7563'] })
    const store = open()
    await store.readAll()
    await store.savePin(north, recorder, pin)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      recorders: ['https://other.example:7563', recorder],
      trust: { [recorder]: { mode: 'pin', pins: [pin] } },
    })
  })

  it.each([
    ['now holds another site', () => put(userFolder, 'a', profile(north, 'North')), 'now holds another site'],
    ['can no longer be read', () => put(userFolder, 'a', profile(north, 'North')), 'it is not there'],
    ['was broken meanwhile', () => put(userFolder, 'a', profile(north, 'North')), 'is not JSON'],
    ['is on a full disk', () => put(userFolder, 'a', profile(north, 'North')), 'the disk is full'],
  ])('refuses where the file %s, and leaves it alone', async (what, make, problem) => {
    const file = make()
    const store = open(what === 'is on a full disk' ? full : roomy)
    await store.readAll()
    if (what === 'now holds another site') put(userFolder, 'a', profile(south, 'South'))
    if (what === 'can no longer be read') rmSync(file)
    if (what === 'was broken meanwhile') put(userFolder, 'a', '{')
    const before = readdirSync(path.dirname(file))
    await expect(store.savePin(north, origin, pin)).rejects.toMatchObject({
      failure: { kind: 'bad-file', file, problem: expect.stringContaining(problem) as string },
    })
    expect(readdirSync(path.dirname(file))).toEqual(before)
  })

  it('refuses where the site is set up for the whole computer', async () => {
    const file = put(machineFolder, 'a', profile(north, 'North'))
    const store = open()
    await store.readAll()
    await expect(store.savePin(north, origin, pin)).rejects.toMatchObject({ failure: { kind: 'managed', file } })
    expect(readdirSync(machineFolder)).toEqual(['a.watchpost.json'])
  })

  it('knows no site it has not read', async () => {
    await expect(open().savePin(north, origin, pin)).rejects.toMatchObject({ failure: { kind: 'not-found' } })
  })
})

describe('the ring of backups', () => {
  it('holds the last three, newest first, each once', async () => {
    const file = path.join(userFolder, 'a.json')
    for (const text of ['one', 'two', 'two', 'three', 'four', 'five'])
      await writeVerified(file, text, roomy, () => true)
    const texts = ['', '.bak1', '.bak2', '.bak3'].map((end) => readFileSync(file + end, 'utf8'))
    expect([texts, readdirSync(userFolder).length]).toEqual([['five', 'four', 'three', 'two'], 4])
  })

  it('takes no damaged file in', async () => {
    const file = path.join(userFolder, 'a.json')
    writeFileSync(file, 'damaged')
    await writeVerified(file, 'good', roomy, (old) => old.toString() !== 'damaged')
    expect(readdirSync(userFolder)).toEqual(['a.json'])
  })

  it('puts the newest good backup in place of a damaged file, keeps that file, and says so', async () => {
    const file = put(userFolder, 'a', '\0'.repeat(100))
    writeFileSync(`${file}.bak1`, 'also damaged')
    writeFileSync(`${file}.bak2`, JSON.stringify(pinned(north, 'North')))
    const aside = 'a.watchpost.json.corrupt-2026-01-02T00-00-00-000Z'
    expect(await read()).toEqual({
      sites: ['North'],
      problems: [
        `user/a.watchpost.json: is not UTF-8 text; a.watchpost.json.bak2 is used, the damaged file is kept as ${aside}`,
      ],
    })
    expect(readFileSync(path.join(userFolder, aside), 'utf8')).toBe('\0'.repeat(100))
    expect(await read()).toEqual({ sites: ['North'], problems: [] })
  })

  it('is read even where nothing can be written', async () => {
    const file = put(userFolder, 'a', '')
    writeFileSync(`${file}.bak1`, JSON.stringify(pinned(north, 'North')))
    expect(await read(open(full))).toEqual({
      sites: ['North'],
      problems: ['user/a.watchpost.json: is empty; a.watchpost.json.bak1 is used'],
    })
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  it('does not undo what a person wrote, even if it is wrong', async () => {
    const file = put(userFolder, 'a', { ...profile(north, 'North'), gateway: ['http://gateway.example'] })
    writeFileSync(`${file}.bak1`, JSON.stringify(pinned(north, 'North')))
    expect(await read()).toMatchObject({ sites: [] })
    expect(readdirSync(userFolder)).toHaveLength(2)
  })
})

it('a folder in the place of a file stops the writing and leaves nothing behind', async () => {
  const file = path.join(userFolder, 'a.json')
  mkdirSync(file)
  await expect(writeVerified(file, 'x', roomy, () => true)).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
  expect(readdirSync(userFolder)).toEqual(['a.json'])
})
