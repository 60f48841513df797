import { afterEach, expect, it } from 'vitest'
import { alarmPriorities, alarmStates, settingNamed } from '../../simulator/alarms/settings.ts'
import type { SimulatorOptions } from '../../simulator/start.ts'
import { refusalOf, SiteClient } from './site-client.ts'

const DAY_MS = 24 * 3_600_000

let site: SiteClient
const start = async (wish: Partial<SimulatorOptions> = {}): Promise<void> => {
  site = await SiteClient.start(wish)
}
afterEach(() => site.stop())

const data = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
  (await site.ask(method, path, body)).json()['data'] as Record<string, unknown>
const raise = (over: Record<string, unknown> = {}) =>
  site.ask('POST', 'alarms', { name: 'Glass broken', message: 'By the door', source: site.camera(2), ...over })
const namesOf = async (path: string) => (await site.list(path)).map(({ name }) => name)
const timesOf = async (path: string) => (await site.list(path)).map(({ time }) => Date.parse(String(time)))

it('takes an alarm with 202, as new, of a camera, and has it first in its list and by itself', async () => {
  await start()
  const answer = await raise()
  const { data: alarm } = answer.json() as { data: Record<string, unknown> }
  expect([answer.status, alarm]).toEqual([
    202,
    {
      id: expect.any(String) as string,
      name: 'Glass broken',
      message: 'By the door',
      source: `cameras/${site.camera(2)}`,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/) as string,
      state: settingNamed(alarmStates, 'New').id,
      priority: settingNamed(alarmPriorities, 'High').id,
    },
  ])
  expect((await site.list('alarms?page=0&size=1'))[0]).toEqual(alarm)
  expect(await data('GET', `alarms/${String(alarm['id']).toUpperCase()}`)).toEqual(alarm)
  expect(await data('GET', `alarms/${String(alarm['id'])}?include=data`)).toMatchObject({ data: { comment: '' } })
  expect((await site.ask('GET', 'alarms/00000000-0000-0000-0000-000000000000')).status).toBe(404)
})

it('has the same alarms for the same seed at the same moments, pages of them newest first, for 30 days', async () => {
  await start({ cameras: 3, special: false })
  const now = Date.now()
  const first = site.simulator.alarms(now - 40 * DAY_MS, now)
  const pages = [await timesOf('alarms?page=0&size=200'), await timesOf('alarms?page=1&size=200')]
  expect(pages.flat()).toEqual(first.slice(0, 400).map(({ atMs }) => atMs))
  expect(pages.flat()).toEqual(pages.flat().toSorted((one, other) => other - one))
  expect(first.length).toBeGreaterThan(1_000)
  expect(first.at(-1)!.atMs).toBeGreaterThan(now - 31 * DAY_MS)
  expect(await timesOf('alarms?page=20&size=200')).toEqual([])
  const others = await SiteClient.start({ cameras: 3, special: false })
  expect(others.simulator.alarms(now - DAY_MS, now)).toEqual(site.simulator.alarms(now - DAY_MS, now))
  await others.stop()
})

it('an alarm is raised by the test at a moment of its choice, in a state', async () => {
  await start()
  const at = new Date(Date.now() - 3_600_000).toISOString()
  const wish = { do: 'raise-alarm', name: 'Fire', camera: 1, at, state: 'On hold', priority: 'Low' } as const
  const { id } = (await site.simulator.act(wish)) as { id: string }
  expect(await data('GET', `alarms/${id}`)).toMatchObject({
    source: `cameras/${site.camera(1)}`,
    time: at.replace('Z', '0000Z'),
    state: settingNamed(alarmStates, 'On hold').id,
    priority: settingNamed(alarmPriorities, 'Low').id,
  })
})

it('is changed with 202 by the ids of its lists, and by nothing else', async () => {
  await start()
  const { id } = ((await raise()).json() as { data: { id: string } }).data
  expect([await namesOf('alarmStates'), await namesOf('alarmPriorities')]).toEqual([
    ['New', 'In progress', 'On hold', 'Closed'],
    ['High', 'Medium', 'Low'],
  ])
  const [closed, low] = [(await site.list('alarmStates'))[3]!['id'], (await site.list('alarmPriorities'))[2]!['id']]
  const answer = await site.ask('PATCH', `alarms/${id}`, {
    state: closed,
    priority: low,
    comment: null,
    'assignedTo.displayName': 'Night shift',
    reasonForClosing: null,
  })
  expect([answer.status, answer.json()['data']]).toMatchObject([202, { state: closed, priority: low }])
  expect(await data('GET', `alarms/${id}?include=data`)).toMatchObject({
    state: closed,
    data: { assignedTo: { displayName: 'Night shift' } },
  })
  for (const [body, property] of [
    [{ state: 'Closed' }, 'state'],
    [{ priority: 1 }, 'priority'],
    [{ name: 'Other' }, 'name'],
  ] as const) {
    expect(refusalOf(await site.ask('PATCH', `alarms/${id}`, body))).toEqual([
      400,
      'Incorrect formatted JSON',
      property,
    ])
  }
})

it('names the field of a new alarm that is wrong', async () => {
  await start()
  const answers = [
    await raise({ name: undefined }),
    await raise({ source: `cameras/${site.camera(1)}` }),
    await raise({ cameraId: 'x' }),
  ]
  expect(answers.map((answer) => refusalOf(answer)[2])).toEqual(['name', 'source', 'cameraId'])
})

it('a role may not see alarms, may not touch them, or sees none of cameras that are not its business', async () => {
  await start()
  await raise()
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'ALARM_EDIT' })
  const id = String((await site.list('alarms?page=0&size=1'))[0]!['id'])
  expect([(await raise()).status, (await site.ask('PATCH', `alarms/${id}`, {})).status]).toEqual([403, 403])
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'GENERIC_READ', camera: 2 })
  expect((await site.ask('GET', `alarms/${id}`)).status).toBe(404)
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'ALARM_READ' })
  expect((await site.ask('GET', 'alarms?page=0&size=1')).status).toBe(403)
  const viewer = await site.tokenOf('viewer')
  expect((await site.askAs(viewer, 'GET', 'alarms')).status).toBe(403)
})

it.each([502, 503] as const)('says %s for alarms and events while the event server is away', async (status) => {
  await start()
  const fault = site.simulator.addFault({ kind: 'event-server', status })
  const paths = ['alarms?page=0&size=10', 'alarmStates', 'alarmPriorities', 'events?page=0&size=1', 'cameras']
  const statuses = async () => Promise.all(paths.map(async (path) => (await site.ask('GET', path)).status))
  expect(await statuses()).toEqual([status, status, status, status, 200])
  expect((await site.ask('GET', 'alarms')).text).toMatch(/^<!DOCTYPE/)
  site.simulator.removeFaults(fault)
  expect(await statuses()).toEqual([200, 200, 200, 200, 200])
})
