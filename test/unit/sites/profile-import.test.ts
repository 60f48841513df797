import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportPreview } from '../../../src-preload/contract/models/profile.ts'
import { systemClock } from '../../../src-main/xprotect/clock.ts'
import { FakeClock } from '../xprotect/support/fake-clock.ts'
import { ProfileRoom, failureOf, north, origin, otherPin, pin, pinned, profile, south } from './profile-room.ts'

const password = 'hunter2-of-the-env'
let room: ProfileRoom
beforeEach(() => (room = new ProfileRoom()))
afterEach(async () => {
  expect(room.said).not.toContain(password)
  await room.close()
})

describe('importing a file', () => {
  const preview = async (file: string): Promise<ImportPreview> => {
    room.chosen = file
    return (await room.ask('chooseImport'))!
  }
  const env = [
    'MILESTONE_BASE_URL=https://vms.example',
    'MILESTONE_USERNAME=operator',
    `MILESTONE_PASSWORD=${password}`,
  ]

  it('shows the difference first, with what decides whom to trust, and writes only what was confirmed', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    const file = room.put(
      room.folder,
      'new.watchpost.json',
      profile(north, 'Northgate', { trust: { [origin]: { mode: 'pin', pins: [otherPin] } } }),
    )
    const shown = await preview(file)
    expect(shown).toEqual({
      importId: shown.importId,
      name: 'Northgate',
      fileName: 'new.watchpost.json',
      replaces: north,
      changes: [
        { field: 'name', before: 'North', after: 'Northgate', isPin: false },
        { field: `trust.${origin}.pins`, before: pin, after: otherPin, isPin: true },
      ],
      foundPassword: false,
      warnings: [],
    })
    expect(await room.names()).toEqual(['North'])
    await room.ask('confirmImport', { importId: shown.importId })
    expect([room.lastList(), room.inFile('n.watchpost.json')]).toMatchObject([
      ['Northgate'],
      { trust: { [origin]: { pins: [otherPin] } } },
    ])
    expect(await failureOf(room.ask('confirmImport', { importId: shown.importId }))).toMatchObject({ kind: 'bad-file' })
  })

  it('without pins forgets none of those agreed on', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    const shown = await preview(room.put(room.folder, 'new.watchpost.json', profile(north, 'Northgate')))
    expect(shown.changes.map(({ field }) => field)).toEqual(['name'])
    await room.ask('confirmImport', { importId: shown.importId })
    expect(room.inFile('n.watchpost.json')).toMatchObject(pinned)
  })

  it('is refused where the profile changed between the look and the yes', async () => {
    const file = room.put(room.user, 'n.watchpost.json', profile(north, 'North'))
    await room.open()
    const { importId } = await preview(room.put(room.folder, 'new.watchpost.json', profile(north, 'Northgate')))
    room.put(room.user, 'n.watchpost.json', profile(north, 'North, changed by hand'))
    expect(await failureOf(room.ask('confirmImport', { importId }))).toEqual({
      kind: 'bad-file',
      file,
      problem: 'was changed meanwhile: import the file again',
    })
    expect(room.inFile('n.watchpost.json')).toMatchObject({ name: 'North, changed by hand' })
  })

  it('of an older client hands its password on after the yes, and to nobody else', async () => {
    const offered: unknown[] = []
    await room.open({ offerSecret: async (...given) => void offered.push(given) })
    const shown = await preview(room.put(room.folder, '.env', env.join('\n')))
    expect(shown).toMatchObject({ name: 'vms.example', replaces: null, foundPassword: true, warnings: [] })
    expect([JSON.stringify(shown).includes(password), offered]).toEqual([false, []])
    const { siteId } = await room.ask('confirmImport', { importId: shown.importId })
    expect(offered).toEqual([[siteId, 'operator', password]])
    const kept = readdirSync(room.user).map((name) => readFileSync(path.join(room.user, name), 'utf8'))
    expect([kept.length, kept.join().includes(password)]).toEqual([1, false])
  })

  it('of an older client drops the password where no vault is, and says so', async () => {
    await room.open()
    const shown = await preview(room.put(room.folder, '.env', env.join('\n')))
    expect(shown).toMatchObject({
      foundPassword: true,
      warnings: ['The password in the file is not kept: type it at sign-in'],
    })
  })

  it('of an older client brings the one site at that address up to date, and keeps its name and its trust', async () => {
    room.put(
      room.user,
      'n.watchpost.json',
      profile(north, 'North', { ...pinned, gateway: [origin, 'https://spare.example'] }),
    )
    await room.open()
    const shown = await preview(
      room.put(room.folder, '.env', `MILESTONE_BASE_URL=${origin}/api\nRECORDING_MAX_DURATION=1800`),
    )
    expect(shown).toMatchObject({
      name: 'North',
      replaces: north,
      changes: [{ field: 'recording.maxSeconds', before: '', after: '1800', isPin: false }],
    })
  })

  it('says where another site has the same server', async () => {
    room.put(room.machine, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    const shown = await preview(room.put(room.folder, 's.watchpost.json', profile(south, 'South')))
    expect(shown.warnings).toEqual(['North is at gateway.example:443 as well'])
  })

  it('that was chosen too long ago, or before another, waits no more', async () => {
    const clock = new FakeClock()
    await room.open({ clock: { ...systemClock, after: (ms, run) => clock.after(ms, run) } })
    const first = await preview(room.put(room.folder, 'a.watchpost.json', profile(north, 'North')))
    const second = await preview(room.put(room.folder, 'b.watchpost.json', profile(south, 'South')))
    const gone = { kind: 'bad-file', file: 'chosen last', problem: 'is no longer waiting; choose it again' }
    expect(await failureOf(room.ask('confirmImport', { importId: first.importId }))).toEqual(gone)
    await clock.pass(15 * 60_000)
    expect(await failureOf(room.ask('confirmImport', { importId: second.importId }))).toEqual(gone)
  })

  it('of none chosen is nothing, and of a broken one a sentence with its name', async () => {
    await room.open()
    expect(await room.ask('chooseImport')).toBeNull()
    room.chosen = room.put(room.folder, 'x.watchpost.json', `{"password":"${password}"}`)
    expect(await failureOf(room.ask('chooseImport'))).toEqual({
      kind: 'bad-file',
      file: 'x.watchpost.json',
      problem: 'holds a key named like a secret; profiles must not',
    })
  })
})

describe('exporting a profile', () => {
  it('writes a copy that can be imported elsewhere, where the person said', async () => {
    room.put(room.machine, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    room.chosen = path.join(room.folder, 'copy.watchpost.json')
    expect(await room.ask('exportProfile', { siteId: north })).toEqual({ fileName: 'copy.watchpost.json' })
    expect(JSON.parse(readFileSync(room.chosen, 'utf8'))).toEqual(profile(north, 'North', pinned))
    room.chosen = null
    expect(await room.ask('exportProfile', { siteId: north })).toBeNull()
  })

  it('replaces a link instead of following it, and writes over no folder and nothing that is no profile', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North'))
    await room.open()
    const precious = room.put(room.folder, 'precious.txt', 'precious')
    room.chosen = path.join(room.folder, 'link.json')
    symlinkSync(precious, room.chosen)
    await room.ask('exportProfile', { siteId: north })
    room.chosen = precious
    const refused = [await failureOf(room.ask('exportProfile', { siteId: north }))]
    room.chosen = path.join(room.folder, 'folder.json')
    mkdirSync(room.chosen)
    refused.push(await failureOf(room.ask('exportProfile', { siteId: north })))
    room.chosen = path.join(room.folder, 'gone', '\0.json')
    refused.push(await failureOf(room.ask('exportProfile', { siteId: north })))
    expect(refused).toMatchObject(refused.map(() => ({ kind: 'bad-file' })))
    expect([
      readFileSync(precious, 'utf8'),
      JSON.parse(readFileSync(path.join(room.folder, 'link.json'), 'utf8')),
    ]).toMatchObject(['precious', { name: 'North' }])
  })
})
