import { describe, expect, it } from 'vitest'
import type { BookmarkWish } from '../../../src-main/xprotect/bookmark.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { json } from './support/fake-gateway.ts'
import { failureIn } from './support/site.ts'
import { bench } from './support/site.ts'
import { guid } from './support/fake-gateway.ts'
import { never, signedIn, type Started } from './support/started.ts'

const bookmarks = ({ site }: Started) => site.server.actions().bookmarks

const wish = (cameraId: CameraId, more: Partial<BookmarkWish> = {}): BookmarkWish => ({
  cameraId,
  reference: 'XD-0a1b2c3d-0123456789ab',
  headline: 'Forklift at the gate',
  description: 'Drove <too> fast & hit "B12"',
  begin: '2026-01-05T11:59:30.000Z',
  triggered: '2026-01-05T12:00:00.000Z',
  end: '2026-01-05T12:01:00.500Z',
  ...more,
})

async function create(made: Started, more: Partial<BookmarkWish> = {}): Promise<string> {
  const outcome = await bookmarks(made).create(wish(made.camera(1), more), never)
  if (outcome.is !== 'done') throw new Error(JSON.stringify(outcome))
  return outcome.value.id
}

describe.each(['24.2', '25.1', '25.2'] as const)('bookmarks on %s', (profile) => {
  it('are made, and read back as they were meant', async () => {
    const made = await signedIn({ profile })
    const outcome = await bookmarks(made).create(wish(made.camera(1)), never)
    const id = outcome.is === 'done' ? outcome.value.id : ''
    expect(outcome).toEqual({
      is: 'done',
      value: {
        id,
        differs: [],
        stored: {
          ...wish(made.camera(1)),
          id,
          user: expect.stringContaining(made.simulator.user) as string,
          begin: '2026-01-05T11:59:30.0000000Z',
          triggered: '2026-01-05T12:00:00.0000000Z',
          end: '2026-01-05T12:01:00.5000000Z',
        },
      },
    })
  })

  it('are changed in one part, the others staying', async () => {
    const made = await signedIn({ profile })
    const id = await create(made)
    const change = { cameraId: made.camera(1), headline: 'Forklift, second time' }
    const outcome = await bookmarks(made).edit(id, change, never)
    const { headline, description } = await bookmarks(made).get(id, never)
    expect([outcome.is, headline, description]).toEqual(['done', change.headline, wish(made.camera(1)).description])
  })

  it('are deleted, and then there is none', async () => {
    const made = await signedIn({ profile })
    const id = await create(made)
    const outcomes = [await bookmarks(made).remove(id, never), await bookmarks(made).remove(id, never)]
    const gone = await failureIn(bookmarks(made).get(id, never))
    expect([outcomes.map(({ is }) => is), gone?.kind]).toEqual([['done', 'rejected'], 'not-found'])
  })
})

describe('looking for bookmarks', () => {
  const hour = { fromMs: Date.parse('2026-01-05T11:30:00Z'), toMs: Date.parse('2026-01-05T12:30:00Z') }

  it('finds those of a camera and a time, by their words', async () => {
    const made = await signedIn()
    const id = await create(made)
    await create(made, {
      headline: 'Another',
      reference: 'XD-2',
      begin: '2026-01-06T11:59:30.000Z',
      triggered: '2026-01-06T12:00:00.000Z',
      end: '2026-01-06T12:01:00.000Z',
    })
    const found = (more: object) => bookmarks(made).search({ cameraIds: [made.camera(1)], ...hour, ...more }, never)
    const lists = await Promise.all([
      found({}),
      found({ text: 'forklift' }),
      found({ text: 'crane' }),
      found({ cameraIds: [made.camera(2)] }),
    ])
    expect(lists.map(({ found: list }) => list.map((bookmark) => bookmark.id))).toEqual([[id], [id], [], []])
  })

  it('never asks for the list, which does not exist', async () => {
    const made = await signedIn()
    await create(made)
    await bookmarks(made).lookUp(wish(made.camera(1)), never)
    expect(Object.keys(made.simulator.state().requests).filter((line) => /^GET .*\/bookmarks$/i.test(line))).toEqual([])
  })

  it.each(['before', 'after'] as const)(
    'tells by the reference whether one whose reply was lost %s it was made is there',
    async (lost) => {
      const made = await signedIn()
      made.simulator.addFault({ kind: 'path', path: '/api/rest/v1/bookmarks', method: 'POST', lost, times: 1 })
      const outcome = await bookmarks(made).create(wish(made.camera(1)), never)
      const found = await bookmarks(made).lookUp(wish(made.camera(1)), never)
      expect([outcome.is, found]).toEqual([
        'unknown',
        lost === 'before'
          ? { is: 'absent' }
          : { is: 'found', more: 0, one: expect.objectContaining({ reference: 'XD-0a1b2c3d-0123456789ab' }) as object },
      ])
    },
  )

  it('says how often one is there', async () => {
    const made = await signedIn()
    await create(made)
    await create(made)
    expect(await bookmarks(made).lookUp(wish(made.camera(1)), never)).toMatchObject({ is: 'found', more: 1 })
  })

  it('cannot tell on a server that cannot be searched, and says why', async () => {
    const made = await signedIn({ searchTasks: false })
    await create(made)
    expect(await bookmarks(made).lookUp(wish(made.camera(1)), never)).toMatchObject({
      is: 'cannot-tell',
      because: { kind: 'refused', status: 400, text: 'Bad request: Unknown request' },
    })
  })

  it('has no answer yet from a server that is away', async () => {
    const made = await signedIn()
    made.simulator.addFault({ kind: 'path', path: '/api/rest/v1/bookmarks', answer: { status: 503, body: 'empty' } })
    expect(await bookmarks(made).lookUp(wish(made.camera(1)), never)).toMatchObject({ is: 'no-answer' })
  })
})

it('a bookmark the user may not make is a clear no', async () => {
  const made = await signedIn()
  await made.simulator.act({ do: 'deny', user: made.simulator.user, right: 'BOOKMARK_CREATE' })
  expect(await bookmarks(made).create(wish(made.camera(1)), never)).toEqual({
    is: 'rejected',
    why: 'refused',
    because: { kind: 'forbidden' },
  })
})

it('a bookmark that cannot be read back is done, and nothing is said of what is stored', async () => {
  const made = await signedIn()
  made.simulator.addFault({ kind: 'path', path: '/api/rest/v1/bookmarks/*', method: 'GET', answer: { status: 500 } })
  expect(await bookmarks(made).create(wish(made.camera(1)), never)).toMatchObject({
    is: 'done',
    value: { stored: null, differs: [] },
  })
})

describe('servers as nobody has seen them', () => {
  const POST = /^POST \/api\/rest\/v1\/bookmarks$/
  const cameraId = guid(1) as CameraId

  async function silent() {
    const made = bench()
    await made.server.signIn('anna', 'secret')
    return { ...made, bookmarks: made.server.actions().bookmarks }
  }

  it('one that refuses devicePath by name is asked once more in older words, and from then on at once', async () => {
    const { gateway, bookmarks } = await silent()
    gateway.when(POST, ({ body }) =>
      body?.includes('devicePath')
        ? json({ error: { details: [{ errorText: 'Unknown property devicePath' }] } }, 400)
        : json({ result: { id: guid(9) } }, 201),
    )
    await bookmarks.create(wish(cameraId), never)
    await bookmarks.create(wish(cameraId), never)
    const sent = gateway.asked.filter(({ method, path }) => POST.test(`${method} ${path}`))
    expect(sent.map(({ body }) => /devicePath|deviceId/.exec(body ?? '')?.[0])).toEqual([
      'devicePath',
      'deviceId',
      'deviceId',
    ])
  })

  it('one that stores another time than asked for is told on', async () => {
    const { gateway, bookmarks } = await silent()
    gateway.when(POST, json({ result: { path: { type: 'bookmarks', id: guid(9) } } }, 201))
    gateway.when(`GET /api/rest/v1/bookmarks/${guid(9)}`, () =>
      json({
        data: {
          id: guid(9),
          header: wish(cameraId).headline,
          description: wish(cameraId).description,
          reference: wish(cameraId).reference,
          timeBegin: '2026-01-05T11:59:30Z',
          timeTriggered: '2026-01-05T12:00:00Z',
          timeEnd: '0001-01-01T00:00:00.0000000',
          devicePath: { type: 'cameras', id: guid(1) },
        },
      }),
    )
    const outcome = await bookmarks.create(wish(cameraId), never)
    expect(outcome).toMatchObject({ is: 'done', value: { differs: ['end'], stored: { end: '' } } })
  })

  it('one whose yes names nothing that was made leaves open what was made', async () => {
    const { gateway, bookmarks } = await silent()
    gateway.when(POST, json({ result: { state: 'Success' } }, 201))
    expect((await bookmarks.create(wish(cameraId), never)).is).toBe('unknown')
  })

  it.each([
    ['rows that make no sense', Array.from({ length: 2 }, () => ({ id: 'x' }))],
    [
      'as many rows as were asked for',
      Array.from({ length: 1000 }, (_, n) => ({ id: guid(n + 1), devicePath: { id: guid(1) } })),
    ],
  ])('one that answers a search with %s decides nothing', async (_, array) => {
    const { gateway, bookmarks } = await silent()
    gateway.when('POST /api/rest/v1/bookmarks?task=searchTime', json({ array }))
    expect((await bookmarks.lookUp(wish(cameraId), never)).is).toBe('cannot-tell')
  })

  it('one that wants other parameters is given those it lists, in its own spelling', async () => {
    const { gateway, bookmarks } = await silent()
    gateway.when('POST /api/rest/v1/bookmarks?task=searchTime', ({ body }) =>
      body === '{}'
        ? json(
            {
              error: { details: [{ errorText: 'Bad request: parameters missing' }] },
              params: { Time: '', DeviceIds: '', Colour: '' },
            },
            400,
          )
        : json({ array: [] }),
    )
    await bookmarks.search({ cameraIds: [cameraId], fromMs: 0, toMs: 60_000 }, never)
    expect(JSON.parse(gateway.asked.at(-1)!.body!)).toEqual({
      Time: '1970-01-01T00:01:00.0000000Z',
      DeviceIds: [cameraId],
    })
  })
})
