import { expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import { html, json, text } from './support/fake-gateway.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

const GROUPS = 'GET /api/rest/v1/cameraGroups'
const use = ({ server }: Bench, signal = new AbortController().signal): Promise<Failure | undefined> =>
  failureIn(server.cameraGroups(signal))

async function site(): Promise<Bench> {
  const made = bench()
  made.gateway.when(GROUPS, json({ array: [] }))
  await made.server.signIn('anna', 'secret')
  return made
}

it('the link is told when it goes and when it comes back, not at every call', async () => {
  const made = await site()
  const gone: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }
  made.gateway.when(GROUPS, gone)
  for (let call = 0; call < 5; call++) await use(made)
  made.gateway.when(GROUPS, json({ array: [] }))
  for (let call = 0; call < 5; call++) await use(made)
  expect(made.links).toEqual([
    { is: 'up' },
    { is: 'down', because: gone, since: '2026-01-05T12:00:00.000Z' },
    { is: 'up' },
  ])
})

it.each<[string, Answer, string]>([
  ['a refusal is an answer: the link is', json({}, 403), 'up'],
  ['asking for patience is an answer: the link is', { status: 429, headers: { 'retry-after': '60' }, text: '' }, 'up'],
  ['a web page is an answer: the link is', html(404), 'up'],
  ['IIS answering for a gateway that is not there is no link: it is', html(502), 'down'],
  ['a gateway that is being restarted is no link: it is', text('', 503), 'down'],
])('%s %s', async (_what, answer, is) => {
  const made = await site()
  made.gateway.when(GROUPS, answer)
  const asking = use(made)
  await made.clock.pass(3000)
  await asking
  expect(made.links.at(-1)?.is).toBe(is)
})

it('another server behind the gateway that is away says nothing about the link', async () => {
  const made = await site()
  made.gateway.when('GET /api/rest/v1/alarms', html(502))
  const wish = { cameraIds: [], fromMs: 0, toMs: 1, page: 0 }
  const asking = failureIn(made.server.alarms(wish, new AbortController().signal))
  await made.clock.pass(3000)
  expect([(await asking)?.kind, made.links]).toEqual(['busy', [{ is: 'up' }]])
})

it('a call given up by its caller says nothing about the link', async () => {
  const made = await site()
  const giveUp = new AbortController()
  made.gateway.when(GROUPS, () => {
    giveUp.abort()
    return { kind: 'unreachable', what: 'server', how: 'closed' }
  })
  await use(made, giveUp.signal)
  expect(made.links).toEqual([{ is: 'up' }])
})

it('what the trust room says comes through untouched, and nothing is tried again', async () => {
  const made = await site()
  const impostor: Failure = { kind: 'untrusted-certificate', fingerprint: 'a'.repeat(64), expected: ['b'.repeat(64)] }
  made.gateway.when(GROUPS, impostor)
  made.gateway.asked.length = 0
  expect([await use(made), made.gateway.lines.length]).toEqual([impostor, 1])
})

it('a busy server is asked again after the time it named, a very busy one is not', async () => {
  const made = await site()
  const busy = (retryAfter: string): Answer => ({ status: 503, headers: { 'retry-after': retryAfter }, text: '' })
  made.gateway.asked.length = 0
  made.gateway.when(GROUPS, () => (made.gateway.asked.length === 1 ? busy('2') : undefined))
  const patient = use(made)
  await made.clock.pass(1900)
  const during = made.gateway.asked.length
  await made.clock.pass(200)
  const first = await patient
  made.gateway.when(GROUPS, busy('3600'))
  expect([during, first, await use(made)]).toEqual([1, undefined, { kind: 'busy', status: 503, retryAfterMs: 60_000 }])
})

it('the clock of the server is learnt from its answers', async () => {
  const made = await site()
  made.gateway.when(GROUPS, () => ({
    ...json({ array: [] }),
    headers: { date: new Date(made.clock.now() - 47_000).toUTCString() },
  }))
  for (let call = 0; call < 20; call++) {
    await use(made)
    await made.clock.pass(137)
  }
  expect(Math.abs(made.offsets.at(-1)! + 47_000)).toBeLessThanOrEqual(100)
})
