import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileNameFor } from '../../../src-main/storage/file-name.ts'
import type { SiteProfile } from '../../../src-main/storage/profile.ts'
import {
  makeFolders,
  north,
  nowMs,
  origin,
  otherPin,
  pin,
  pinnedTo,
  profileOf,
  south,
  type Folders,
} from './support.ts'

let folders: Folders
beforeEach(() => (folders = makeFolders()))
afterEach(() => folders.clean())
const names = (): string[] => readdirSync(folders.userFolder).filter((name) => !name.startsWith('pins-seen'))
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folders.userFolder, name), 'utf8'))
const failureOf = (acted: Promise<unknown>): Promise<unknown> =>
  acted.then(
    () => 'nothing went wrong',
    (error: unknown) => (error as { failure: unknown }).failure,
  )

describe('adding a profile', () => {
  it('gives it a file named like the site, and finds it at the next start', async () => {
    const store = await folders.open()
    await store.add(profileOf(north, 'Hafen Süd / Tor 3', pinnedTo(pin)))
    expect(names()).toEqual(['hafen-sud-tor-3.watchpost.json'])
    expect((await folders.open()).found.profiles).toMatchObject([{ profile: { name: 'Hafen Süd / Tor 3' } }])
  })

  it('writes over no other file, and none whose backups are still there', async () => {
    writeFileSync(path.join(folders.userFolder, 'north-2.watchpost.json.bak1'), 'of another site')
    const store = await folders.open()
    await store.add(profileOf(north, 'North'))
    await store.add(profileOf(south, 'North'))
    expect(names()).toEqual(['north-2.watchpost.json.bak1', 'north-3.watchpost.json', 'north.watchpost.json'])
  })

  it('of an id that is there is refused', async () => {
    const store = await folders.open()
    const { file } = await store.add(profileOf(north, 'North'))
    const failure = { kind: 'bad-file', file, problem: 'has the same id' }
    expect([await failureOf(store.add(profileOf(north, 'Twin'))), names().length]).toEqual([failure, 1])
  })

  it('with a secret in it is refused, whoever put it there', async () => {
    const store = await folders.open()
    const failure = await failureOf(store.add(profileOf(north, 'North', { user: 'eyJhbGciOiJSUzI1NiJ9.abc.x' })))
    expect(failure).toMatchObject({ kind: 'bad-file', problem: 'was not saved: holds a secret; profiles must not' })
    expect(names()).toEqual([])
  })

  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['..\\..\\x', 'x'],
    ['C:\\Windows', 'c-windows'],
    ['\\\\server\\share', 'server-share'],
    ['CON', 'site-con'],
    ['nul.txt', 'nul-txt'],
    ['COM1', 'site-com1'],
    ['a:b', 'a-b'],
    ['trailing. . ', 'trailing'],
    ['\u202egnp.exe', 'gnp-exe'],
    ['n'.repeat(5_000), 'n'.repeat(60)],
    ['\u{1f6a2}', 'site'],
    ['', 'site'],
    ['-', 'site'],
    ['.hidden', 'hidden'],
  ])('named %j makes the file name %s', (name, plain) => expect(fileNameFor(name)).toBe(`${plain}.watchpost.json`))
})

describe('changing a profile', () => {
  const renamed = (profile: SiteProfile): SiteProfile => ({ ...profile, name: 'Renamed' })

  it('changes what the file says now, keeps the file before it, and waits for its turn', async () => {
    folders.put(folders.userFolder, 'a', profileOf(north, 'North'))
    const store = await folders.open()
    folders.put(folders.userFolder, 'a', profileOf(north, 'North', { user: 'changed by hand' }))
    await Promise.all([
      store.change(north, renamed),
      store.change(north, (profile) => ({ ...profile, recorders: ['https://r.example:7563'] })),
    ])
    const changed = { name: 'Renamed', user: 'changed by hand', recorders: ['https://r.example:7563'] }
    expect([read('a.watchpost.json'), read('a.watchpost.json.bak1'), read('a.watchpost.json.bak2')]).toMatchObject([
      changed,
      { name: 'Renamed', user: 'changed by hand' },
      { name: 'North', user: 'changed by hand' },
    ])
    expect(store.all()).toMatchObject([{ profile: changed }])
  })

  it('leaves a file alone that somebody marked as read-only', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North'))
    const store = await folders.open()
    chmodSync(file, 0o444)
    const failure = { kind: 'bad-file', file, problem: 'was not saved: it is read-only' }
    expect([await failureOf(store.change(north, renamed)), names()]).toEqual([failure, ['a.watchpost.json']])
  })
})

describe('removing a profile', () => {
  it('only renames it: named back, it is there again with its certificates', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    const store = await folders.open()
    const { keptAs } = await store.remove(north)
    expect([path.basename(keptAs), names(), store.all()]).toEqual([
      'a.watchpost.json.removed-2026-01-02T00-00-00-000Z',
      ['a.watchpost.json.removed-2026-01-02T00-00-00-000Z'],
      [],
    ])
    renameSync(keptAs, file)
    expect((await folders.open()).found.profiles).toMatchObject([{ profile: pinnedTo(pin) }])
  })

  it('can be undone, unless its place or its id is another’s by now', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    const store = await folders.open()
    const removed = await store.remove(north)
    writeFileSync(file, 'in the way')
    expect(await failureOf(store.restore(removed))).toMatchObject({ kind: 'bad-file', file })
    rmSync(file)
    const twin = await store.add(profileOf(north, 'Twin'))
    expect(await failureOf(store.restore(removed))).toMatchObject({ file: twin.file, problem: 'has the same id' })
    await store.remove(north)
    expect(await store.restore(removed)).toMatchObject({ file, managed: false, profile: pinnedTo(pin) })
    expect([store.all().length, existsSync(file)]).toEqual([1, true])
  })

  it('works for a file that cannot be read, but for nothing that is not named like a profile', async () => {
    folders.put(folders.userFolder, 'a', '{')
    const other = path.join(folders.root, 'notes.txt')
    writeFileSync(other, 'not a profile')
    const store = await folders.open([other])
    const [bad, notes] = store.found.problems
    expect((await store.removeFile(bad!)).keptAs).toContain('a.watchpost.json.removed-')
    expect(await failureOf(store.removeFile(notes!))).toMatchObject({ kind: 'bad-file', file: other })
    expect(existsSync(other)).toBe(true)
  })
})

it('nothing set up for the whole computer is changed, removed or replaced', async () => {
  const file = folders.put(folders.machineFolder, 'a', profileOf(north, 'North'))
  const bad = folders.put(folders.machineFolder, 'b', '{')
  const store = await folders.open()
  const managed = (one: string): object => ({
    kind: 'managed',
    file: one,
    rule: 'this site is set up for the whole computer',
  })
  expect([
    await failureOf(store.change(north, (profile) => profile)),
    await failureOf(store.remove(north)),
    await failureOf(store.saveRepin(north, origin, pin)),
    await failureOf(store.removeFile(store.found.problems[0]!)),
  ]).toEqual([managed(file), managed(file), managed(file), managed(bad)])
  expect(readdirSync(folders.machineFolder)).toEqual(['a.watchpost.json', 'b.watchpost.json'])
})

describe('a disk that is full', () => {
  it('refuses every change and keeps every file, and all goes on when there is room again', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    const store = await folders.open()
    const target = path.join(folders.root, 'copy.watchpost.json')
    const files = (): string[] => readdirSync(folders.root, { recursive: true }).map(String).sort()
    const before = [files(), readFileSync(file, 'utf8')]
    const acts = (): Promise<unknown>[] => [
      store.add(profileOf(south, 'South', pinnedTo(otherPin))),
      store.change(north, (profile) => ({ ...profile, name: 'Renamed' })),
      store.saveRepin(north, origin, otherPin),
      store.copyTo(north, target),
    ]
    folders.disk.free = 100_000
    const full = { kind: 'bad-file', problem: 'was not saved: the disk is full' }
    expect(await Promise.all(acts().map(failureOf))).toMatchObject([full, full, full, full])
    expect([files(), readFileSync(file, 'utf8')]).toEqual(before)
    expect(store.all()).toMatchObject([{ profile: { name: 'North', ...pinnedTo(pin) } }])

    folders.disk.free = 1e9
    await Promise.all(acts())
    expect((await folders.open()).found.profiles.map(({ profile }) => [profile.name, profile.trust])).toEqual([
      ['Renamed', { [origin]: { mode: 'pin', pins: [otherPin] } }],
      ['South', { [origin]: { mode: 'pin', pins: [otherPin] } }],
    ])
  })
})

describe('certificates agreed on once are not forgotten with a profile', () => {
  const trustNow = async (): Promise<unknown> => (await folders.open()).found.profiles[0]?.profile.trust

  it('that was removed and comes back without them', async () => {
    folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    const store = await folders.open()
    await store.remove(north)
    folders.put(folders.userFolder, 'b', profileOf(north, 'North, from another computer'))
    expect(await trustNow()).toEqual({ [origin]: { mode: 'pin', pins: [pin] } })
    expect((await folders.open()).pinsSeen(north, origin)).toEqual([pin])
  })

  it('that is added anew without them', async () => {
    const store = await folders.open()
    await store.add(profileOf(north, 'North', pinnedTo(pin)))
    await store.remove(north)
    expect((await store.add(profileOf(north, 'North'))).profile).toMatchObject(pinnedTo(pin))
  })

  it('that was damaged beyond repair and is written by hand again', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    await folders.open()
    writeFileSync(file, '\0'.repeat(50))
    expect((await folders.open()).found).toMatchObject({ profiles: [], problems: [{ file }] })
    folders.put(folders.userFolder, 'a', profileOf(north, 'North'))
    expect(await trustNow()).toEqual({ [origin]: { mode: 'pin', pins: [pin] } })
  })

  it('that comes back from a backup older than the last agreement', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    await (await folders.open()).saveRepin(north, origin, otherPin)
    writeFileSync(file, '')
    const after = [await trustNow(), await trustNow()]
    expect(after).toEqual(after.map(() => ({ [origin]: { mode: 'pin', pins: [otherPin] } })))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(pinnedTo(otherPin))
  })

  it('but an administrator who writes another pin, or another kind of trust, is obeyed', async () => {
    folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    await folders.open()
    folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(otherPin)))
    expect(await trustNow()).toEqual({ [origin]: { mode: 'pin', pins: [otherPin] } })
    folders.put(folders.userFolder, 'a', profileOf(north, 'North', { trust: { [origin]: { mode: 'system' } } }))
    expect(await trustNow()).toEqual({ [origin]: { mode: 'system' } })
  })

  it('and say nothing of an address or a site never seen', async () => {
    folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    const store = await folders.open()
    expect([store.pinsSeen(north, 'https://other.example'), store.pinsSeen(south, origin)]).toEqual([[], []])
    expect(store.pinsSeen('constructor' as typeof north, 'name')).toEqual([])
  })

  it('are found in a backup where their own file is damaged, which is kept and named', async () => {
    folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(pin)))
    const store = await folders.open()
    await store.saveRepin(north, origin, otherPin)
    const file = path.join(folders.userFolder, 'pins-seen.json')
    writeFileSync(file, '{"version":1,"sites":{')
    rmSync(path.join(folders.userFolder, 'a.watchpost.json'))
    const again = await folders.open()
    expect(again.pinsSeen(north, origin)).toEqual([pin])
    expect(again.found.notices.join()).toMatch(/pins-seen\.json is damaged; pins-seen\.json\.bak1 is used/)
    expect(readFileSync(`${file}.corrupt-2026-01-02T00-00-00-000Z`, 'utf8')).toBe('{"version":1,"sites":{')
  })
})

it('a pin whose successor has been in use for thirty days is accepted no longer', async () => {
  const trust = { [origin]: { mode: 'pin', pins: [pin], next: [otherPin] } }
  folders.put(folders.userFolder, 'a', profileOf(north, 'North', { trust }))
  await (await folders.open()).savePromotion(north, origin, otherPin)
  const day = 86_400_000
  const agreedAfter = async (days: number): Promise<unknown> =>
    (await folders.open([], nowMs + days * day)).found.profiles[0]?.profile.trust[origin]
  expect(await agreedAfter(29)).toMatchObject({ pins: [otherPin], replaced: [{ pin }] })
  expect(await agreedAfter(30)).toEqual({ mode: 'pin', pins: [otherPin], next: [] })
})
