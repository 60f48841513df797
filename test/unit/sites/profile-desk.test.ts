import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { ProfileDraft } from '../../../src-preload/contract/models/profile.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { ProfileRoom, failureOf, north, origin, otherPin, pin, pinned, profile, south } from './profile-room.ts'

/** A busy machine takes its time. */
const soon = (holds: () => unknown): Promise<unknown> => vi.waitFor(holds, { timeout: 15_000 })

let room: ProfileRoom
beforeEach(() => (room = new ProfileRoom()))
afterEach(() => room.close())

describe('a profile on the screen', () => {
  it('says every setting, and every address with what it is for and how it is trusted', async () => {
    room.put(room.user, 'n.watchpost.json', {
      ...profile(north, 'North', {
        gateway: [origin, 'https://spare.example'],
        idp: origin,
        recorders: ['https://recorder.example:7563'],
        trust: {
          [origin]: { mode: 'pin', pins: [pin], next: [otherPin] },
          'https://recorder.example:7563': { mode: 'system' },
        },
        recording: { maxSeconds: 3_600 },
      }),
    })
    await room.open()
    expect(await room.ask('readProfile', { siteId: north })).toEqual({
      draft: {
        name: 'North',
        gateway: [origin, 'https://spare.example'],
        idp: origin,
        recorders: ['https://recorder.example:7563'],
        trustModes: {},
        user: null,
        view: null,
        tray: [],
        startAtLogOn: false,
        singleShotPath: null,
        recordingWays: { events: [], outputs: [] },
        signIn: { kind: 'basic', client: 'VmsClient' },
        recording: { method: 'auto', defaultSeconds: 900, minSeconds: 60, maxSeconds: 3_600, bookmarkAtEnd: 'offer' },
        policy: { operatorsMayAddSites: true, staySignedIn: 'allowed' },
      },
      managed: false,
      fileName: 'n.watchpost.json',
      origins: [
        { origin, roles: ['gateway', 'idp'], mode: 'pin', pins: [pin], next: [otherPin] },
        { origin: 'https://spare.example', roles: ['gateway'], mode: 'none', pins: [], next: [] },
        { origin: 'https://recorder.example:7563', roles: ['recorder'], mode: 'system', pins: [], next: [] },
      ],
    })
  })

  it('saved as it was leaves the file as it was', async () => {
    const before = profile(north, 'North', {
      ...pinned,
      $schema: './x.json',
      signIn: { kind: 'basic' },
      user: 'operator',
      view: { rows: 2, columns: 2, cameras: 'first' },
      recording: { maxSeconds: 3_600 },
      recordingWays: {
        events: [{ start: 'Record', stop: 'Stop', form: 'type' }],
        outputs: [{ cameras: ['abcdef01-2345-4789-8bcd-ef0123456789'], start: 'abcdef01-2345-4789-8bcd-ef0123456780' }],
      },
      tray: { cameras: ['abcdef01-2345-4789-8bcd-ef0123456789'], startAtLogOn: true },
    })
    room.put(room.user, 'n.watchpost.json', before)
    await room.open()
    await room.ask('saveProfile', { siteId: north, draft: await room.draftOf(north) })
    expect(room.inFile('n.watchpost.json')).toEqual(before)
  })

  it('has a bookmark made at the end of a recording, and offered again, as the draft says', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    const save = async (bookmarkAtEnd: 'offer' | 'make') => {
      const draft = await room.draftOf(north)
      await room.ask('saveProfile', {
        siteId: north,
        draft: { ...draft, recording: { ...draft.recording, bookmarkAtEnd } },
      })
      return [(await room.draftOf(north)).recording.bookmarkAtEnd, room.inFile('n.watchpost.json')]
    }
    expect(await save('make')).toMatchObject(['make', { recording: { bookmarkAtEnd: 'make' } }])
    await room.open()
    expect((await room.draftOf(north)).recording.bookmarkAtEnd).toBe('make')
    expect(await save('offer')).toMatchObject(['offer', {}])
  })

  it('keeps the trust of addresses that stay and has none for a new one', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    const draft = await room.draftOf(north)
    await room.ask('saveProfile', { siteId: north, draft: { ...draft, gateway: ['https://new.example/', origin] } })
    expect(room.inFile('n.watchpost.json')).toMatchObject({ gateway: ['https://new.example', origin], ...pinned })
    expect((await room.sites())[0]?.state).toEqual({ phase: 'unpinned' })
  })

  it('may trust this computer’s authorities instead of a pin, and go back to the pin agreed on before', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    const draft = await room.draftOf(north)
    await room.ask('saveProfile', { siteId: north, draft: { ...draft, trustModes: { [origin]: 'system' } } })
    expect(room.inFile('n.watchpost.json')).toMatchObject({ trust: { [origin]: { mode: 'system' } } })
    await room.ask('saveProfile', { siteId: north, draft: { ...draft, trustModes: { [origin]: 'pin' } } })
    expect(room.inFile('n.watchpost.json')).toMatchObject(pinned)
  })

  it.each<[string, Partial<ProfileDraft>, string, string]>([
    ['an empty name', { name: ' ' }, 'name', 'is empty'],
    ['plain HTTP', { gateway: [origin, 'http://x.example'] }, 'gateway.1', 'must be https://host or https://host:port'],
    ['no gateway', { gateway: [] }, 'gateway', 'Too small: expected array to have >=1 items'],
    ['a user in an address', { idp: 'https://root:hunter2@x.example' }, 'idp', 'holds a secret; profiles must not'],
    [
      'a token for a name',
      { user: 'eyJhbGciOiJSUzI1NiJ9.hunter2hunter2.x' },
      'user',
      'holds a secret; profiles must not',
    ],
    [
      'lengths that contradict each other',
      { recording: { method: 'auto', defaultSeconds: 30, minSeconds: 60, maxSeconds: 90, bookmarkAtEnd: 'offer' } },
      'recording',
      'the usual length must lie between the shortest and the longest (unsaid: 60, 900 and 7200 seconds)',
    ],
    [
      'trust in a foreign address',
      { trustModes: { 'https://x.example': 'system' } },
      'trustModes',
      'names an address the site does not have',
    ],
  ])(
    'with %s is refused by the place that does not hold, and nothing is written',
    async (_what, change, field, problem) => {
      const file = room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
      const before = readFileSync(file, 'utf8')
      await room.open()
      const draft = { ...(await room.draftOf(north)), ...change }
      for (const siteId of [north, null])
        expect(await failureOf(room.ask('saveProfile', { siteId, draft }))).toEqual({
          kind: 'bad-field',
          field,
          problem,
        })
      expect([
        readFileSync(file, 'utf8'),
        readdirSync(room.user).filter((name) => name.endsWith('.watchpost.json')),
      ]).toEqual([before, ['n.watchpost.json']])
    },
  )

  it('cannot bring a pin or a certificate with it', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North'))
    await room.open()
    const draft = await room.draftOf(north)
    const smuggled = [
      { ...draft, trust: { [origin]: { mode: 'pin', pins: [pin] } } },
      { ...draft, trustModes: { [origin]: { mode: 'pin', pins: [pin] } } },
      { ...draft, trustModes: { [origin]: 'ca' } },
    ]
    for (const wish of smuggled)
      expect(await failureOf(room.ask('saveProfile', { siteId: north, draft: wish as ProfileDraft }))).toMatchObject({
        kind: 'bug',
      })
    expect((await room.sites())[0]?.state).toEqual({ phase: 'unpinned' })
  })
})

describe('sites come and go while the program runs', () => {
  it('added, duplicated and removed, each told to the page at once', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
    await room.open()
    const draft = { ...(await room.draftOf(north)), name: 'South', gateway: ['https://south.example'] }
    const added = await room.ask('saveProfile', { siteId: null, draft })
    expect([room.lastList(), added.restartNeeded]).toEqual([['North', 'South'], false])
    const copy = await room.ask('duplicateProfile', { siteId: north })
    expect(room.lastList()).toEqual(['North', 'South', 'North copy'])
    expect((await room.ask('readProfile', { siteId: copy.siteId })).origins).toMatchObject([
      { mode: 'pin', pins: [pin] },
    ])
    const { keptAs, removalId } = await room.ask('removeProfile', { siteId: added.siteId })
    expect([room.lastList(), await room.names(), existsSync(path.join(room.user, keptAs))]).toEqual([
      ['North', 'North copy'],
      ['North', 'North copy'],
      true,
    ])
    expect(await failureOf(room.ask('signIn', { siteId: added.siteId, user: 'u', password: 'p' }))).toMatchObject({
      kind: 'not-found',
    })
    await room.ask('restoreProfile', { removalId })
    expect([room.lastList(), existsSync(path.join(room.user, keptAs))]).toEqual([
      ['North', 'North copy', 'South'],
      false,
    ])
    expect(await failureOf(room.ask('restoreProfile', { removalId }))).toEqual({ kind: 'not-found', what: 'site' })
  })

  it('a file that never became a site can be taken away too', async () => {
    room.put(room.user, 'n.watchpost.json', '{')
    await room.open()
    const [bad] = await room.sites()
    const { removalId } = await room.ask('removeProfile', { siteId: bad!.id })
    expect([room.lastList(), readdirSync(room.user)]).toEqual([
      [],
      [expect.stringContaining('n.watchpost.json.removed-')],
    ])
    await room.ask('restoreProfile', { removalId })
    expect([room.lastList(), readdirSync(room.user)]).toEqual([['n'], ['n.watchpost.json']])
  })

  it('a gateway on this very computer needs a restart unless there was one before', async () => {
    room.put(room.user, 'n.watchpost.json', profile(north, 'North'))
    await room.open()
    const draft = { ...(await room.draftOf(north)), gateway: ['https://127.0.0.1:8443'] }
    expect(await room.ask('saveProfile', { siteId: north, draft })).toEqual({ siteId: north, restartNeeded: true })
    await room.open()
    expect(await room.ask('saveProfile', { siteId: north, draft })).toEqual({ siteId: north, restartNeeded: false })
  })
})

describe('what an administrator set up for the whole computer', () => {
  it('is shown and not changed', async () => {
    const file = room.put(room.machine, 'n.watchpost.json', profile(north, 'North'))
    await room.open()
    const shown = await room.ask('readProfile', { siteId: north })
    const failure = { kind: 'managed', file, rule: 'this site is set up for the whole computer' }
    expect(shown.managed).toBe(true)
    expect(await failureOf(room.ask('saveProfile', { siteId: north, draft: shown.draft }))).toEqual(failure)
    expect(await failureOf(room.ask('duplicateProfile', { siteId: north }))).toEqual(failure)
    expect(await failureOf(room.ask('removeProfile', { siteId: north }))).toEqual(failure)
    room.chosen = room.put(room.folder, 'again.watchpost.json', profile(north, 'Mine'))
    expect(await failureOf(room.ask('chooseImport'))).toEqual(failure)
  })

  it('may forbid adding, changing and removing sites, one’s own as well', async () => {
    const file = room.put(
      room.machine,
      'n.watchpost.json',
      profile(north, 'North', { policy: { operatorsMayAddSites: false } }),
    )
    room.put(room.user, 's.watchpost.json', profile(south, 'South', { policy: { operatorsMayAddSites: true } }))
    await room.open()
    const draft = await room.draftOf(south)
    expect((await room.sites()).map((site) => site.forbidsAdding)).toEqual([true, undefined])
    const failure = { kind: 'managed', file, rule: 'sites are not added, changed or removed here' }
    const forbidden = [
      room.ask('saveProfile', { siteId: null, draft }),
      room.ask('saveProfile', { siteId: south, draft: { ...draft, gateway: ['https://elsewhere.example'] } }),
      room.ask('duplicateProfile', { siteId: south }),
      room.ask('removeProfile', { siteId: south }),
      room.ask('chooseImport'),
      room.ask('confirmImport', { importId: north }),
      room.ask('addChildSite', { siteId: south, childId: north, address: 'x.example' }),
    ]
    expect(await Promise.all(forbidden.map(failureOf))).toEqual(forbidden.map(() => failure))
    expect(await room.draftOf(south)).toEqual(draft)
    expect(await room.names()).toEqual(['North', 'South'])
  })

  it('forbids nothing where an operator wrote it', async () => {
    room.put(room.user, 's.watchpost.json', profile(south, 'South', { policy: { operatorsMayAddSites: false } }))
    await room.open()
    expect((await room.sites())[0]).not.toHaveProperty('forbidsAdding')
    expect(await failureOf(room.ask('duplicateProfile', { siteId: south }))).toBeUndefined()
  })
})

it('an edited site is signed out and made anew, and the other plays on', async () => {
  const simulators = await Promise.all([1, 2].map(() => startSimulator({ media: null, special: false })))
  const [one, two] = simulators as [Simulator, Simulator]
  for (const [id, { gateway, sha256 }] of [
    [north, one],
    [south, two],
  ] as const)
    room.put(
      room.user,
      `${id}.watchpost.json`,
      profile(id, id, { gateway: [gateway], trust: { [gateway]: { mode: 'pin', pins: [sha256] } } }),
    )
  await room.open()
  const playing: Record<string, string> = {}
  for (const [siteId, simulator] of [
    [north, one],
    [south, two],
  ] as const) {
    await room.ask('signIn', { siteId, user: simulator.user, password: simulator.password })
    await soon(async () => expect((await room.sites()).find(({ id }) => id === siteId)?.cameras.phase).toBe('ready'))
    const { cameras } = await room.ask('listCameras', { siteId, from: 0, count: 1 })
    const { sessionId, sdp } = await room.ask('openSession', { siteId, cameraId: cameras[0]!.id, streamId: null })
    await room.ask('answerSession', { sessionId, sdp: sdp! })
    playing[siteId] = sessionId
  }
  await soon(() => expect([one, two].map((each) => each.state().sessions.length)).toEqual([1, 1]))

  room.facts = []
  await room.ask('saveProfile', { siteId: north, draft: { ...(await room.draftOf(north)), name: 'Renamed' } })
  expect((await room.sites()).map(({ name, state }) => [name, state.phase])).toEqual([
    ['Renamed', 'signed-out'],
    [south, 'open'],
  ])
  // What sites say of themselves meanwhile, say how far their clock is off, comes when it comes.
  const told = room.facts.filter(({ name }) => name === 'siteListChanged' || name === 'sessionEnded')
  expect(told).toMatchObject([
    { name: 'siteListChanged' },
    { name: 'sessionEnded', fact: { sessionId: playing[north] } },
  ])
  await soon(() => expect(one.state().sessions).toEqual([]))
  expect(two.state().sessions).toHaveLength(1)

  await room.ask('signIn', { siteId: north, user: one.user, password: one.password })
  expect((await room.sites())[0]?.state.phase).toBe('open')
  // The old one said goodbye to its server without a word to the page about a site that is no more.
  const since = room.facts.slice(room.facts.indexOf(told[0]!))
  expect(since.filter(({ name, fact }) => name === 'siteChanged' && (fact as Site).name === north)).toEqual([])
  await Promise.all(simulators.map((simulator) => simulator.stop()))
})

it('a site below an open one is added under its own guid where that is free, at a good address only, without trust', async () => {
  const simulator = await startSimulator({ media: null, special: false, childSites: 1 })
  const { gateway, sha256, user, password, childSites } = simulator
  const trust = { [gateway]: { mode: 'pin', pins: [sha256] } }
  room.put(room.user, 'n.watchpost.json', profile(north, 'North', { gateway: [gateway], trust }))
  await room.open()
  await room.ask('signIn', { siteId: north, user, password })
  await soon(async () => expect((await room.sites())[0]?.children).toHaveLength(1))
  const child = childSites[0]!
  const childId = (await room.sites())[0]!.children[0]!.id

  const add = (address?: string, id = childId) =>
    room.ask('addChildSite', { siteId: north, childId: id, ...(address !== undefined && { address }) })
  const badAddress = { kind: 'bad-field', field: 'address', problem: 'must be https://host or https://host:port' }
  for (const address of [undefined, '', 'ftp://x.example', 'https://u:p@x.example'])
    expect(await failureOf(add(address))).toEqual(badAddress)
  expect(await failureOf(add(child.gateway, south))).toEqual({ kind: 'not-found', what: 'site' })
  expect(await room.names()).toEqual(['North'])

  expect((await add(child.gateway)).siteId).toBe(childId)
  expect((await room.sites())[1]).toMatchObject({ name: 'Harbour', user: '', state: { phase: 'unpinned' } })
  expect((await room.ask('readProfile', { siteId: childId as SiteId })).origins).toMatchObject([
    { origin: child.gateway, mode: 'none', pins: [] },
  ])
  const again = await add('https://elsewhere.example')
  expect(again.siteId).not.toBe(childId)
  expect(room.lastList()).toEqual(['North', 'Harbour', 'Harbour'])
  expect(child.state().applicationBytes).toBe(0)
  await simulator.stop()
})
