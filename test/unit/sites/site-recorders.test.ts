import { expect, it, vi } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { SiteRecorders } from '../../../src-main/sites/site-recorders.ts'
import { promised } from './promised.ts'

const recorder = 'https://recorder.example:7563'

function recordersOver(ask: (signal: AbortSignal) => Promise<string[]>) {
  const learnt: string[][] = []
  const log = createMemoryLog()
  const asked = vi.fn(ask)
  const recorders = new SiteRecorders({
    ask: asked,
    log: log.scope('sites'),
    learnt: (origins) => void learnt.push(origins),
  })
  return { recorders, asked, learnt, log }
}

const fails = (failure: Failure) => async (): Promise<string[]> => {
  throw new AppError(failure)
}

it('recorders are asked for once at each sign-in', async () => {
  const { recorders, asked, learnt } = recordersOver(async () => [recorder])
  await recorders.ask()
  await recorders.ask()
  expect([asked.mock.calls.length, learnt]).toEqual([1, [[recorder]]])
  recorders.forget()
  await recorders.ask()
  expect(asked).toHaveBeenCalledTimes(2)
})

it.each([
  ['again where no answer came', { kind: 'busy', status: 503 }, 2],
  ['not again where the answer was no', { kind: 'forbidden' }, 1],
] as const)('recorders are asked for %s, and the log says why they are not known', async (_how, failure, times) => {
  const { recorders, asked, log } = recordersOver(fails(failure))
  await recorders.ask()
  await recorders.ask()
  expect(asked).toHaveBeenCalledTimes(times)
  expect(log.lines.at(-1)).toContain(`where the recorders are is not known: ${failure.kind}`)
})

it('recorders are not told of to whoever left meanwhile', async () => {
  const slow = promised<string[]>()
  const { recorders, asked, learnt } = recordersOver(() => slow.promise)
  const asking = recorders.ask()
  recorders.forget()
  slow.resolve([recorder])
  await asking
  expect([asked.mock.calls[0]![0].aborted, learnt]).toEqual([true, []])
})
