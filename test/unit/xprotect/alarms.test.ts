import { describe, expect, it } from 'vitest'
import type { AlarmsWish } from '../../../src-main/xprotect/alarms.ts'
import { alarmPageSize } from '../../../src-preload/contract/alarm-limits.ts'
import type { ActionWish } from '../../simulator/start.ts'
import { guid, json, text } from './support/fake-gateway.ts'
import { bench, failureIn } from './support/site.ts'
import { never, signedIn, type Started } from './support/started.ts'

const HOUR_MS = 3_600_000
const nowMs = Date.parse('2026-11-26T14:00:00Z')

const wishOf = (made: Started, changes: Partial<AlarmsWish> = {}): AlarmsWish => ({
  cameraIds: made.simulator.site.cameras.map(({ id }) => id as AlarmsWish['cameraIds'][0]),
  fromMs: Date.now() - HOUR_MS,
  toMs: Date.now() + HOUR_MS,
  page: 0,
  ...changes,
})
const requests = (made: Started, path: string): number => made.simulator.state().requests[`GET ${path}`] ?? 0

describe.each(['24.2', '25.1', '25.2'] as const)('alarms of %s', (profile) => {
  it('are read with their moment, camera, and what their state and priority are called', async () => {
    const made = await signedIn({ profile })
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000).toISOString()
    const act = (wish: object) => made.simulator.act({ do: 'raise-alarm', at, ...wish } as ActionWish)
    await act({ name: 'Fire', camera: 2, state: 'On hold', priority: 'Low' })
    await act({ name: 'Power lost', message: 'On batteries' })
    const { alarms } = await made.site.server.alarms(wishOf(made), never)
    const ours = alarms.filter(({ atMs }) => atMs === Date.parse(at))
    expect(ours.map(({ id, ...rest }) => [id.length, rest])).toEqual(
      expect.arrayContaining([
        [36, { name: 'Fire', cameraId: made.camera(2), atMs: Date.parse(at), state: 'On hold', priority: 'Low' }],
        [36, { name: 'Power lost', cameraId: null, atMs: Date.parse(at), state: 'New', priority: 'High' }],
      ]),
    )
  })
})

describe('the list of alarms', () => {
  it('is read as far as the time that is wanted, and has exactly what the server has of it', async () => {
    const made = await signedIn()
    const [fromMs, toMs] = [Date.now() - 9 * 24 * HOUR_MS, Date.now() - 8 * 24 * HOUR_MS]
    const ids: string[] = []
    let page = 0
    for (let isLast = false; !isLast; page++) {
      const read = await made.site.server.alarms(wishOf(made, { fromMs, toMs, page }), never)
      ids.push(...read.alarms.map(({ id }) => id))
      isLast = read.isLast
    }
    expect(ids).toEqual(made.simulator.alarms(fromMs, toMs).map(({ id }) => id))
    expect([ids.length > 10, page, requests(made, '/api/rest/v1/alarms')]).toEqual([true, 2, 2])
    expect(requests(made, '/api/rest/v1/alarmstates')).toBe(1)
  })

  it('leaves out alarms of other cameras, and keeps those of none', async () => {
    const made = await signedIn()
    for (const camera of [1, 2, undefined])
      await made.simulator.act({ do: 'raise-alarm', name: `of ${camera}`, ...(camera && { camera }) })
    const wish = wishOf(made, { cameraIds: [made.camera(1)], fromMs: Date.now() - 5_000 })
    const { alarms } = await made.site.server.alarms(wish, never)
    const raised = alarms.filter(({ name }) => name.startsWith('of '))
    expect(raised.map(({ name }) => name).sort()).toEqual(['of 1', 'of undefined'])
  })

  it.each([502, 503] as const)(
    'is asked for in vain while the event server is away (%s), and told so',
    async (status) => {
      const made = await signedIn()
      const fault = made.simulator.addFault({ kind: 'event-server', status })
      expect(await failureIn(made.site.server.alarms(wishOf(made), never))).toEqual({ kind: 'busy', status })
      expect(made.site.links.at(-1)?.is).not.toBe('down')
      made.simulator.removeFaults(fault)
      expect(await failureIn(made.site.server.alarms(wishOf(made), never))).toBeUndefined()
    },
  )

  it('is refused where the role may see none', async () => {
    const made = await signedIn()
    await made.simulator.act({ do: 'deny', user: made.simulator.user, right: 'ALARM_READ' })
    expect(await failureIn(made.site.server.alarms(wishOf(made), never))).toEqual({ kind: 'forbidden' })
  })

  it('is given up when nobody wants it any more', async () => {
    const made = await signedIn()
    made.simulator.addFault({ kind: 'path', path: '*/alarms', answer: { body: 'hang' } })
    const run = new AbortController()
    const asking = made.site.server.alarms(wishOf(made), run.signal)
    run.abort(new Error('passed'))
    await expect(asking).rejects.toThrow('passed')
  })
})

describe('an alarm in other words', () => {
  const STATES = 'GET /api/rest/v1/alarmStates'
  const PRIORITIES = 'GET /api/rest/v1/alarmPriorities'
  const ALARMS = 'GET /api/rest/v1/alarms'

  const cameraId = guid(1) as AlarmsWish['cameraIds'][0]
  const alarm = (changes: object) => ({ id: guid(9), name: 'Fire', time: '2026-11-26T13:00:00.0000000Z', ...changes })
  async function readFrom(rows: unknown[], settings: unknown[] = []) {
    const made = bench()
    made.gateway.when(ALARMS, json({ array: rows }))
    made.gateway.when(STATES, json({ array: settings }))
    made.gateway.when(PRIORITIES, json({ array: settings }))
    await made.server.signIn('operator', 'word')
    const wish = { cameraIds: [cameraId], fromMs: nowMs - 2 * HOUR_MS, toMs: nowMs, page: 0 }
    return { made, read: () => made.server.alarms(wish, never) }
  }

  it.each([
    ['a path in one text', `cameras/${guid(1)}`, 1],
    ['a plain id', guid(1).toUpperCase(), 1],
    ['a path as configuration has it', { type: 'cameras', id: guid(1) }, 1],
    ['another camera', `cameras/${guid(2)}`, 0],
    ['a plain id of something else', guid(3), 0],
    ['a door', `accessControlUnits/${guid(1)}`, 1],
    ['nothing', undefined, 1],
  ])('may name its source as %s', async (_what, source, count) => {
    const { read } = await readFrom([alarm({ source })])
    expect((await read()).alarms).toHaveLength(count)
  })

  it.each([
    ['a bare id', { state: guid(5) }, { id: guid(5), name: 'Held' }],
    ['a number', { state: 9 }, { id: 9, name: 'Held' }],
    ['a path', { state: `alarmStates/${guid(5)}` }, { id: guid(5), displayName: 'Held' }],
    ['an object', { state: { id: guid(5) } }, { id: guid(5), name: 'Held' }],
  ])('may name its state by %s', async (_what, changes, setting) => {
    const { read } = await readFrom([alarm(changes)], [setting])
    expect((await read()).alarms[0]).toMatchObject({ state: 'Held', priority: '' })
  })

  it('has no state where the server does not say how states are called, and is there all the same', async () => {
    const { made, read } = await readFrom([alarm({ state: guid(5), name: '', message: 'Smoke' })])
    made.gateway.when(STATES, text('', 500))
    expect((await read()).alarms[0]).toMatchObject({ name: 'Smoke', state: '' })
  })

  it('that makes no sense costs itself; a page on which nothing does is no answer', async () => {
    const bad = [alarm({ id: 7 }), alarm({ time: 'yesterday' }), null]
    expect((await (await readFrom([...bad, alarm({})])).read()).alarms).toHaveLength(1)
    expect(await failureIn((await readFrom(bad)).read())).toEqual({ kind: 'bad-answer', call: 'alarms', what: 'shape' })
  })

  it('of a list that is not newest first does not end the reading', async () => {
    const rows = (order: 1 | -1) =>
      Array.from({ length: alarmPageSize }, (_, at) =>
        alarm({ id: guid(100 + at), time: new Date(nowMs - 3 * HOUR_MS + order * at * 1000).toISOString() }),
      )
    expect((await (await readFrom(rows(-1))).read()).isLast).toBe(true)
    expect((await (await readFrom(rows(1))).read()).isLast).toBe(false)
    expect((await (await readFrom(rows(1).slice(1))).read()).isLast).toBe(true)
  })
})
