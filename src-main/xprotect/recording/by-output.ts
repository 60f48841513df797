import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Http } from '../http.ts'
import { attempted, beforeSending } from '../outcome.ts'
import { TaskList } from '../wire/capabilities.ts'
import { TaskAnswer } from '../wire/recording.ts'
import type { RecordingMethod } from './method.ts'
import { wayFor, type OutputWay } from './ways.ts'

type OutputTask = 'Activate' | 'Deactivate' | 'Trigger'

/**
 * Records by outputs, whose events an administrator made rules for. The server says that the output did it, not that a
 * camera records: that is seen on the events socket, or not at all.
 */
export function byOutput(http: Http, ways: readonly OutputWay[]): RecordingMethod {
  const startOf = ({ start, stop }: OutputWay): [string, OutputTask] => [
    start,
    stop === undefined ? 'Activate' : 'Trigger',
  ]
  const stopOf = ({ start, stop }: OutputWay): [string, OutputTask] =>
    stop === undefined ? [start, 'Deactivate'] : [stop, 'Trigger']

  /** The task as the output spells it. Throws before anything is sent where it has none. */
  async function offered([output, task]: [string, OutputTask], signal: AbortSignal): Promise<string> {
    const tasks = await beforeSending(http.get(`outputs/${output}?tasks&noData`, TaskList, { signal }))
    const found = tasks.find((id) => id.toLowerCase() === task.toLowerCase())
    if (found !== undefined) return found
    throw new AppError({ kind: 'not-found', what: task }, { unsent: true })
  }

  async function run(wish: [string, OutputTask], signal: AbortSignal): Promise<void> {
    const task = await offered(wish, signal)
    const path = `outputs/${wish[0]}?task=${task}`
    const { state, errorText } = await http.act('POST', path, undefined, TaskAnswer, { signal })
    if (state === 'Success') return
    if (state === 'Error') throw new AppError({ kind: 'refused', call: task, status: 400, text: errorText })
    // Queued: output tasks are done at once (xprotect-api.md 5 [V CFG]), so what becomes of this one is not known.
    throw new AppError({ kind: 'bad-answer', call: task, what: 'shape' })
  }

  return {
    name: 'output',
    confirms: { acts: false, state: false, end: false },

    async check(cameraId, signal) {
      const way = wayFor(ways, cameraId, 'output')
      await offered(startOf(way), signal)
      await offered(stopOf(way), signal)
    },

    start: ({ cameraId }, signal) =>
      attempted(async () => run(startOf(wayFor(ways, cameraId, 'output')), signal), signal),

    stop: (cameraId, signal) => attempted(async () => run(stopOf(wayFor(ways, cameraId, 'output')), signal), signal),

    state: () => Promise.resolve('unknown'),
  }
}
