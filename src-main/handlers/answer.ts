import { calls, type CallName, type Handlers } from '../../src-preload/contract/calls.ts'
import { AppError, type Failure, type Result } from '../../src-preload/contract/failure.ts'
import type { Admission } from './rate.ts'
import { mostBytes, weigh } from './weigh.ts'

/** What the desk needs besides the handlers: who may pass, a name for a bug, and where its story is written. */
export interface Desk {
  admit: (name: CallName) => Admission
  /** A short reference, shown to the operator and written beside the stack. */
  newReference: () => string
  log: { error: (line: string, cause?: unknown) => void; warn: (line: string) => void }
}

/**
 * Checks what is asked, asks it, and names what fails. Knows nothing of Electron, never throws and never rejects.
 *
 * No message and no stack of an error crosses: a bug crosses as a reference to the line in the log.
 */
export async function answer(handlers: Handlers, name: unknown, input: unknown, desk: Desk): Promise<Result<unknown>> {
  if (!isCallName(name))
    return bug(desk, 'a call by an unknown name', typeof name === 'string' ? name.slice(0, 40) : '')
  const admission = desk.admit(name)
  if (admission.admitted) return run(handlers, name, input, desk)

  if (admission.first) desk.log.warn(`${name} is called too often`)
  return { ok: false, failure: { kind: 'busy', status: 429, retryAfterMs: admission.retryAfterMs } }
}

async function run(handlers: Handlers, name: CallName, input: unknown, desk: Desk): Promise<Result<unknown>> {
  try {
    const tooMuch = weigh(input, mostBytes[name])
    if (tooMuch) return bug(desk, `${name} was refused its input`, tooMuch)
    const checked = calls[name].input.safeParse(input)
    // The places that are wrong, never what stood there: it may be a password.
    if (!checked.success) return bug(desk, `${name} was refused its input`, checked.error.issues.map(place).join(', '))
    const handle = handlers[name] as (checked: unknown) => Promise<unknown> // the schema above is this call's own
    return { ok: true, value: await handle(checked.data) }
  } catch (error) {
    if (!(error instanceof AppError) || error.failure.kind === 'bug') return bug(desk, `${name} failed`, error)
    desk.log.warn(`${name}: ${inWords(error.failure)}`)
    return { ok: false, failure: error.failure }
  }
}

function bug(desk: Desk, line: string, cause: unknown): Result<never> {
  const reference = desk.newReference()
  desk.log.error(`${line} [${reference}]`, cause)
  return { ok: false, failure: { kind: 'bug', message: reference } }
}

const place = ({ path, code }: { path: PropertyKey[]; code: string }): string => `${path.join('.')} ${code}`

/** One line for the log: the kind, and what its sentence needs. */
const inWords = ({ kind, ...rest }: Failure): string => [kind, JSON.stringify(rest)].join(' ').replace(' {}', '')

const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name)
