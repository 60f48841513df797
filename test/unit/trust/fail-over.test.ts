import { describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import { createFailOver, type Road } from '../../../src-main/trust/fail-over.ts'
import type { Answer } from '../../../src-main/trust/types.ts'
import { inWords } from './support/attack.ts'
import { fakeClock } from './support/fake-clock.ts'

const tick = () => new Promise(setImmediate)
const gone = (how: Extract<Failure, { kind: 'unreachable' }>['how'] & string): Failure => ({
  kind: 'unreachable',
  what: 'server',
  how,
})
const stranger: Failure = { kind: 'untrusted-certificate', fingerprint: 'x', expected: ['y'] }
const ok: Answer = { status: 200, headers: {}, text: 'hello' }
const page = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  text: '<html>Service</html>',
})

/** Gateways that answer what the test says, and who was asked. */
function gateways(count: number, agreed: (at: number) => boolean = () => true) {
  const clock = fakeClock()
  const says: (Answer | Failure | AppError)[] = Array<Answer>(count).fill(ok)
  const seen = { asked: [] as number[], moved: [] as number[], looks: [] as number[], timeouts: [] as number[] }
  const is = { idle: true, back: Array<boolean>(count).fill(false) }

  function reply(at: number, timeoutMs: number | undefined): Answer {
    seen.asked.push(at)
    seen.timeouts.push(timeoutMs ?? 0)
    const said = says[at]!
    if (said instanceof Error) throw said
    if ('kind' in said) throw new AppError(said)
    return said
  }
  const roads = says.map((_, at): Road => ({
    transport: {
      request: async ({ timeoutMs }) => reply(at, timeoutMs),
      openSocket: async ({ timeoutMs }) => {
        reply(at, timeoutMs)
        return { send() {}, demandLife: () => false, close() {} }
      },
    },
    isAgreed: () => agreed(at),
    isBack: async () => {
      seen.looks.push(at)
      return is.back[at]!
    },
  }))
  const way = createFailOver({
    roads,
    clock,
    random: () => 1,
    mayGoBack: () => is.idle,
    onMoved: (to) => seen.moved.push(to),
  })
  const ask = () => way.request({ method: 'GET', path: '/' }).then(({ status }) => String(status), inWords)
  const socket = () => way.openSocket({ path: '/', onMessage() {}, onClose() {} }).then(() => 'open', inWords)
  return { clock, says, seen, is, way, ask, socket }
}

describe('a gateway that cannot be reached', () => {
  it.each(['refused', 'no-such-host', 'no-route'] as const)(
    'is passed over by the request itself where nothing was sent (%s)',
    async (how) => {
      const { says, seen, ask, socket } = gateways(3)
      says[0] = gone(how)
      says[1] = gone('refused')
      expect([await ask(), await ask(), await socket()]).toEqual(['200', '200', 'open'])
      expect([seen.asked, seen.moved]).toEqual([[0, 1, 2, 2, 2], [2]])
    },
  )

  it('is passed over by a socket too', async () => {
    const { says, seen, socket } = gateways(2)
    says[0] = gone('refused')
    expect([await socket(), seen.asked]).toEqual(['open', [0, 1]])
  })

  it('is passed over where no connection stood in time', async () => {
    const { says, seen, ask } = gateways(2)
    const cause = Object.assign(new Error('slow'), { code: 'UND_ERR_CONNECT_TIMEOUT' })
    says[0] = new AppError(gone('timeout'), { cause })
    expect([await ask(), seen.asked]).toEqual(['200', [0, 1]])
  })

  it.each(['timeout', 'reset'] as const)(
    'is left for new requests where something may have been sent (%s): nothing is sent twice',
    async (how) => {
      const { says, seen, ask } = gateways(2)
      says[0] = gone(how)
      expect([await ask(), await ask(), seen.asked, seen.moved]).toEqual([`unreachable ${how}`, '200', [0, 1], [1]])
    },
  )

  it.each([502, 503, 504])('is not left where it says %d for a server it passes a request on to', async (status) => {
    const { says, seen, way, ask } = gateways(2)
    says[0] = page(status)
    for (let times = 0; times < 2; times++) await way.request({ method: 'GET', path: '/alarms', isPassedOn: true })
    says[0] = ok
    expect([await ask(), seen.asked, seen.moved]).toEqual(['200', [0, 0, 0], []])
  })

  it.each([502, 503, 504])('is left for new requests where IIS says %d for it in HTML', async (status) => {
    const { says, seen, ask } = gateways(2)
    says[0] = page(status)
    expect([await ask(), await ask(), seen.asked, seen.moved]).toEqual([String(status), '200', [0, 1], [1]])
  })

  it('is not left where the other cannot be reached either, and every request tries each once', async () => {
    const { says, seen, ask } = gateways(2)
    says.fill(gone('refused'))
    expect([await ask(), await ask()]).toEqual(Array(2).fill('unreachable refused'))
    expect([seen.asked.length, seen.moved]).toEqual([4, []])
    says[0] = ok
    expect([await ask(), seen.moved]).toEqual(['200', []])
  })

  it('is not left for one nobody agreed on', async () => {
    const { says, seen, ask } = gateways(3, (at) => at !== 1)
    says[0] = gone('refused')
    expect([await ask(), seen.asked, seen.moved]).toEqual(['200', [0, 2], [2]])
  })

  it('costs a request no more than its own deadline', async () => {
    const { says, seen, way } = gateways(2)
    says[0] = gone('refused')
    await way.request({ method: 'GET', path: '/', timeoutMs: 900 })
    expect(seen.timeouts.every((timeoutMs) => timeoutMs > 0 && timeoutMs <= 900)).toBe(true)
  })

  it('is left once, however many ask at the same time', async () => {
    const { says, seen, ask } = gateways(2)
    says[0] = gone('refused')
    expect(await Promise.all(Array.from({ length: 36 }, ask))).toEqual(Array(36).fill('200'))
    expect(seen.moved).toEqual([1])
  })

  it('is not left because the caller gave up', async () => {
    const { seen, way } = gateways(2)
    await way.request({ method: 'GET', path: '/', signal: AbortSignal.abort() }).catch(() => {}) // as wished
    expect([seen.asked, way.present]).toEqual([[], 0])
  })
})

describe('a gateway that is there and says no', () => {
  it.each<[string, Answer | Failure]>([
    ['a wrong password', { ...ok, status: 400, text: '{"error":"invalid_grant"}' }],
    ['401', { ...ok, status: 401 }],
    ['403', { ...ok, status: 403 }],
    ['503 of its own', { ...ok, status: 503, headers: { 'retry-after': '3600' }, text: '{}' }],
    ['a 500 page', page(500)],
    ['an upgrade refused', { kind: 'forbidden' }],
    ['an answer nobody understands', { kind: 'bad-answer', call: 'x', what: 'shape' }],
    ['another certificate', stranger],
    ['a certificate that ran out', { kind: 'unusable-certificate', why: 'expired' }],
    ['no TLS', { kind: 'not-tls' }],
    ['that the site was closed', gone('closed')],
  ])('is kept: %s', async (_what, said) => {
    const { says, seen, ask } = gateways(2)
    says[0] = said
    await ask()
    await ask()
    expect([seen.asked, seen.moved]).toEqual([[0, 0], []])
  })
})

it('a stranger in the place of the gateway that stands by is not gone on from, and the first comes first again', async () => {
  const { says, seen, ask } = gateways(3)
  says[0] = gone('refused')
  says[1] = stranger
  expect(await ask()).toBe('untrusted-certificate')
  says[0] = ok
  expect([await ask(), seen.asked, seen.moved]).toEqual(['200', [0, 1, 0], []])
})

describe('the first gateway', () => {
  async function byTheSecond() {
    const all = gateways(2)
    all.says[0] = gone('refused')
    await all.ask()
    return all
  }

  it('is looked at every half minute and gone back to when it is at work again', async () => {
    const { clock, is, seen, ask, says } = await byTheSecond()
    clock.advance(34_499)
    const early = seen.looks.length
    clock.advance(1)
    await tick()
    is.back[0] = true
    says[0] = ok
    clock.advance(34_500)
    await tick()
    await ask()
    expect([early, seen.looks, seen.moved, seen.asked, clock.pending]).toEqual([0, [0, 0], [1, 0], [0, 1, 0], 0])
  })

  it('is not gone back to while something would be lost, nor looked at for nothing', async () => {
    const { clock, is, seen } = await byTheSecond()
    is.idle = false
    is.back[0] = true
    clock.advance(34_500)
    await tick()
    const before = [...seen.looks]
    is.idle = true
    clock.advance(34_500)
    await tick()
    expect([before, seen.moved]).toEqual([[], [1, 0]])
  })

  it('is taken at once when somebody saw that it is back', async () => {
    const { way, seen, clock } = await byTheSecond()
    way.take(0)
    expect([way.present, seen.moved, clock.pending]).toEqual([0, [1, 0], 0])
  })

  it('is looked at no more once the site is closed', async () => {
    const { clock, way, seen } = await byTheSecond()
    clock.advance(34_500)
    way.close()
    await tick()
    expect([clock.pending, seen.moved]).toEqual([0, [1]])
  })
})
