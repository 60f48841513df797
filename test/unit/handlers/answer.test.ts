import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calls, type CallName, type Handlers } from '../../../src-preload/contract/calls.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { answer, type Desk } from '../../../src-main/handlers/answer.ts'
import { limits } from '../../../src-main/handlers/weigh.ts'

const names = Object.keys(calls) as CallName[]
const uuid = 'b3f1c1de-7a55-4e0c-9c0f-0a4b8f6a1d11'

/** Handlers that must not be reached, but for those given. */
function only(some: Partial<Handlers>): Handlers {
  const untouched = Object.fromEntries(names.map((name) => [name, () => Promise.reject(new Error('reached'))]))
  return { ...(untouched as unknown as Handlers), ...some }
}

function newDesk(admit: Desk['admit'] = () => ({ admitted: true })): Desk & { lines: string[] } {
  const lines: string[] = []
  const write = (line: string, cause?: unknown): void => {
    lines.push(
      cause === undefined ? line : `${line}: ${cause instanceof Error ? String(cause.stack) : JSON.stringify(cause)}`,
    )
  }
  return { lines, admit, newReference: () => 'R1', log: { error: write, warn: write } }
}

const bug = { ok: false, failure: { kind: 'bug', message: 'R1' } }

describe('answer', () => {
  it('hands the checked input over and the value back', async () => {
    const given: string[] = []
    const handlers = only({ signOut: async ({ siteId }) => void given.push(siteId) })
    expect(await answer(handlers, 'signOut', { siteId: uuid }, newDesk())).toEqual({ ok: true, value: undefined })
    expect(given).toEqual([uuid])
  })

  it('knows no call by an inherited or foreign name', async () => {
    const strange = [
      'toString',
      '__proto__',
      'constructor',
      '',
      'openStream',
      7,
      null,
      undefined,
      {},
      Symbol('s'),
      ['signIn'],
    ]
    for (const name of strange) expect(await answer(only({}), name, undefined, newDesk())).toEqual(bug)
  })

  it('lets an expected failure cross and writes one line', async () => {
    const desk = newDesk()
    const handlers = only({
      listSites: () => Promise.reject(new AppError({ kind: 'not-found', what: 'site' }, { cause: new Error('deep') })),
      signOut: () => Promise.reject(new AppError({ kind: 'signed-out' })),
    })
    expect(await answer(handlers, 'listSites', undefined, desk)).toEqual({
      ok: false,
      failure: { kind: 'not-found', what: 'site' },
    })
    await answer(handlers, 'signOut', { siteId: uuid }, desk)
    expect(desk.lines).toEqual(['listSites: not-found {"what":"site"}', 'signOut: signed-out'])
  })

  it('lets neither message nor stack of an error cross, and keeps both in the log', async () => {
    for (const error of [
      new TypeError('at /home/op/secret'),
      new AppError({ kind: 'bug', message: 'at /home/op/secret' }),
    ]) {
      const desk = newDesk()
      const handlers = only({ listSites: () => Promise.reject(error) })
      expect(await answer(handlers, 'listSites', undefined, desk)).toEqual(bug)
      expect(desk.lines[0]).toContain('listSites failed [R1]')
      expect(desk.lines[0]).toContain('answer.test.ts')
    }
  })

  it('survives a handler that throws at once, and things thrown that are no errors', async () => {
    const thrown: unknown[] = [undefined, null, 'text', { toString: null }]
    for (const thing of thrown) {
      const handlers = only({
        listSites: () => {
          throw thing
        },
      })
      expect(await answer(handlers, 'listSites', undefined, newDesk())).toEqual(bug)
    }
  })

  it('names the place that is wrong in the log, never what stood there', async () => {
    const desk = newDesk()
    const form = { siteId: uuid, user: 'op', password: ['hunter2'], extra: 'hunter2' }
    expect(await answer(only({}), 'signIn', form, desk)).toEqual(bug)
    expect(desk.lines[0]).toContain('signIn was refused its input [R1]: "password invalid_type')
    expect(desk.lines[0]).not.toContain('hunter2')
  })

  it('asks for patience where a call comes too often, and writes that once', async () => {
    let first = true
    const desk = newDesk(() => {
      const admission = { admitted: false, retryAfterMs: 20, first } as const
      first = false
      return admission
    })
    const failure = { kind: 'busy', status: 429, retryAfterMs: 20 }
    expect(await answer(only({}), 'listSites', undefined, desk)).toEqual({ ok: false, failure })
    expect(await answer(only({}), 'listSites', undefined, desk)).toEqual({ ok: false, failure })
    expect(desk.lines).toEqual(['listSites is called too often'])
  })
})

describe('the contract', () => {
  const silent = only(Object.fromEntries(names.map((name) => [name, async () => undefined])))
  const isResult = (result: unknown): boolean => {
    const { ok } = result as { ok: unknown }
    return ok === true || (ok === false && typeof (result as { failure: { kind: unknown } }).failure.kind === 'string')
  }

  it.each(names)('%s answers any junk with a result', async (name) => {
    const junk = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, withSparseArray: true }),
      fc.object({ key: fc.constantFrom('siteId', 'cameraId', 'sessionId', '__proto__', 'user', 'level') }),
    )
    await fc.assert(
      fc.asyncProperty(junk, async (input) => isResult(await answer(silent, name, input, newDesk()))),
      { numRuns: 200 },
    )
  })

  it.each(names)('%s refuses every hostile argument', async (name) => {
    for (const [what, make] of Object.entries(hostile)) {
      expect([what, await answer(silent, name, make(), newDesk())]).toEqual([what, bug])
    }
  })

  it('refuses a hostile argument in the time a few copies of a large one take', async () => {
    const large = new Array<number>(1e6).fill(0)
    const copyMs = await fastest(async () => structuredClone(large))
    for (const [what, make] of Object.entries(hostile)) {
      const argument = make()
      const refuseMs = await fastest(() => answer(silent, 'listSites', argument, newDesk()))
      expect([what, refuseMs < 20 * copyMs]).toEqual([what, true])
    }
  })

  const fastest = async (run: () => Promise<unknown>): Promise<number> => {
    let best = Infinity
    for (let round = 0; round < 3; round++) {
      const began = performance.now()
      await run()
      best = Math.min(best, performance.now() - began)
    }
    return best
  }
})

const hostile: Record<string, () => unknown> = {
  'a hundred thousand deep': () => {
    let deep: unknown = {}
    for (let depth = 0; depth < 1e5; depth++) deep = depth % 2 ? [deep] : { siteId: deep }
    return deep
  },
  'an array of a million': () => new Array<number>(1e6).fill(0),
  'a sparse array of four thousand million': () => {
    const sparse: unknown[] = []
    sparse.length = 2 ** 32 - 1
    return { siteId: sparse }
  },
  'a hundred thousand keys': () => Object.fromEntries(Array.from({ length: 1e5 }, (_, index) => [`k${index}`, index])),
  'a text of ten million': () => ({ siteId: 'x'.repeat(1e7) }),
  'a key of ten million': () => ({ ['x'.repeat(1e7)]: 1 }),
  'many texts that are too much together': () => ({ all: new Array<string>(300).fill('x'.repeat(1_000)) }),
  'a cycle': () => {
    const ring: Record<string, unknown> = {}
    ring.siteId = ring
    return ring
  },
  'a wide cycle': () => {
    const ring: unknown[] = []
    for (let index = 0; index < 4_000; index++) ring.push(ring)
    return ring
  },
  'a map': () => new Map([['siteId', uuid]]),
  'a set': () => new Set([uuid]),
  'a date': () => ({ siteId: new Date() }),
  'an error': () => new Error('x'),
  'a typed array': () => ({ siteId: new Uint8Array(1e6) }),
  'a buffer': () => new ArrayBuffer(1e6),
  'a big integer': () => ({ siteId: 1n }),
  'a symbol': () => ({ siteId: Symbol('x') }),
  'a function': () => ({ siteId: () => uuid }),
  'a regular expression': () => /x/,
  'an heir of another object': () => Object.create({ siteId: uuid }) as unknown,
  'an own __proto__ key': () => JSON.parse('{"__proto__":{"siteId":"x"}}') as unknown,
  'a constructor key': () => ({ constructor: { prototype: {} } }),
  'a prototype key, deeper': () => ({ candidate: [{ prototype: 1 }] }),
  'a getter that throws': () =>
    Object.defineProperty({}, 'siteId', {
      enumerable: true,
      get: () => {
        throw new Error('trap')
      },
    }),
  'a proxy that throws': () =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('trap')
        },
      },
    ),
  'one level too deep': () => {
    let deep: unknown = 0
    for (let depth = 0; depth <= limits.depth; depth++) deep = [deep]
    return deep
  },
}
