import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { failureText } from '../../../src-renderer/composables/useFailureText.ts'
import { badAnswer, certificateProblem, unreachable, windowsSignIn } from '../../../src-renderer/locales/en/failure.ts'
import { createWords, type Say } from '../../../src-renderer/locales/words.ts'

const { t } = createWords().global
const say: Say = (key, named = {}, count) => (count === undefined ? t(key, named) : t(key, named, count))
const keysOf = <T extends object>(words: T) => Object.keys(words) as (keyof T)[]

/** One of each kind; a new kind does not compile before it is here. */
const oneOfEach: { [K in Failure['kind']]: Extract<Failure, { kind: K }> } = {
  'signed-out': { kind: 'signed-out' },
  'wrong-password': { kind: 'wrong-password' },
  'locked-out': { kind: 'locked-out' },
  'must-change-password': { kind: 'must-change-password' },
  'windows-sign-in-unsupported': { kind: 'windows-sign-in-unsupported', why: 'wants-ntlm' },
  forbidden: { kind: 'forbidden' },
  'not-licensed': { kind: 'not-licensed' },
  'not-found': { kind: 'not-found', what: 'camera' },
  unreachable: { kind: 'unreachable', what: 'server' },
  'not-tls': { kind: 'not-tls' },
  'untrusted-certificate': { kind: 'untrusted-certificate', fingerprint: 'ab', expected: ['cd'] },
  'unusable-certificate': { kind: 'unusable-certificate', why: 'expired' },
  'not-pinned': { kind: 'not-pinned' },
  'bad-answer': { kind: 'bad-answer', call: 'GET /cameras', what: 'shape' },
  refused: { kind: 'refused', call: 'GET /cameras', status: 400, text: 'No licence' },
  busy: { kind: 'busy', status: 503 },
  'unplayable-codec': { kind: 'unplayable-codec', codec: 'H265' },
  'bad-file': { kind: 'bad-file', file: 'hq.json', problem: 'is empty' },
  'bad-field': { kind: 'bad-field', field: 'gateway.0', problem: 'must be https://host or https://host:port' },
  managed: { kind: 'managed', file: 'hq.json', rule: 'this site is set up for the whole computer' },
  bug: { kind: 'bug', message: 'boom' },
}

const all: Failure[] = [
  ...Object.values(oneOfEach),
  ...keysOf(unreachable).map((how): Failure =>
    how === 'media' || how === 'idp' || how === 'sign-in'
      ? { kind: 'unreachable', what: how }
      : { kind: 'unreachable', what: 'server', how },
  ),
  ...keysOf(certificateProblem).map((why): Failure => ({ kind: 'unusable-certificate', why })),
  ...keysOf(windowsSignIn).map((why): Failure => ({ kind: 'windows-sign-in-unsupported', why })),
  ...keysOf(badAnswer).map((what): Failure => ({ kind: 'bad-answer', call: 'GET /cameras', what })),
  { kind: 'refused', call: 'GET /cameras', status: 400, text: '' },
  { kind: 'busy', status: 503, retryAfterMs: 4200 },
]

describe('words for failures', () => {
  it.each(all)('says what happened and what to do: %j', (failure) => {
    const text = failureText(failure, say)
    for (const sentence of [text.what, text.next]) {
      expect(sentence).toMatch(/^[A-Z].{8,}/)
      expect(sentence).not.toMatch(
        /[{}|@]|undefined|failure\.|unreachable\.|badAnswer\.|certificateProblem\.|windowsSignIn\./,
      )
    }
  })

  it('tells one cause from another', () => {
    const said = all.map((failure) => failureText(failure, say)).map(({ what, next }) => `${what} ${next}`)
    // The general words of a kind may be those of its most general sub-kind.
    expect(new Set(said).size).toBeGreaterThanOrEqual(said.length - 3)
  })

  it('repeats the words of the server as they are, without reading them as a message', () => {
    const text = failureText({ kind: 'refused', call: 'POST /x', status: 400, text: '{0} @:failure | <b>no</b>' }, say)
    expect(text.what).toBe('The server said no: {0} @:failure | <b>no</b>')
  })

  it.each([
    ['is empty', 'The file x.json cannot be used: it is empty.'],
    ['was not saved: the disk is full', 'The file x.json was not saved: the disk is full.'],
    ['the disk fails', 'The file x.json cannot be used: the disk fails.'],
  ])('says of a file that it %s', (problem, says) => {
    expect(failureText({ kind: 'bad-file', file: 'x.json', problem }, say).what).toBe(says)
  })

  it.each([
    ['must be later than the beginning', 'This does not hold: it must be later than the beginning.'],
    ['Too small: expected 1', 'This does not hold: Too small: expected 1.'],
  ])('says of a field that it %s', (problem, says) => {
    expect(failureText({ kind: 'bad-field', field: 'to', problem }, say).what).toBe(says)
  })

  it('rounds a wait up, so that nobody tries too early', () => {
    expect(failureText({ kind: 'busy', status: 429, retryAfterMs: 4200 }, say).next).toContain('5 s')
  })

  it('spells a codec as people do', () => {
    const text = failureText({ kind: 'unplayable-codec', codec: 'H265' }, say)
    expect(text.what).toBe('The camera sends H.265, which this computer cannot show.')
  })

  it('never says nothing where the server gave no reason', () => {
    const text = failureText({ kind: 'refused', call: 'POST /x', status: 400, text: '' }, say)
    expect(text.what).toBe('The server said no and gave no reason.')
  })
})
