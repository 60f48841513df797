import type { Failure } from '../../../src-preload/contract/failure.ts'

/** Reasons as short as a notice of the operating system wants them. The window says more. */
const reasons: Record<Failure['kind'], string> = {
  'signed-out': 'nobody is signed in',
  'wrong-password': 'the sign-in was refused',
  'locked-out': 'the account is locked',
  'must-change-password': 'the password must be changed',
  'windows-sign-in-unsupported': 'this Windows user cannot be signed in',
  forbidden: 'this user may not do that',
  'not-licensed': 'the server’s edition does not have it',
  'not-found': 'the server does not know it',
  unreachable: 'the server cannot be reached',
  'not-tls': 'the server does not speak TLS',
  'untrusted-certificate': 'the server’s certificate has changed',
  'unusable-certificate': 'the server’s certificate cannot be used',
  'not-pinned': 'no certificate has been agreed on',
  'bad-answer': 'the server’s answer made no sense',
  refused: 'the server refused',
  busy: 'the server is busy',
  'unplayable-codec': 'the picture format is not known',
  'bad-file': 'a file cannot be used',
  'bad-field': 'a setting does not hold',
  managed: 'an administrator does not allow it',
  bug: 'the program failed',
}

export const reasonOf = ({ kind }: Failure): string => reasons[kind]

/** `04:12`, and `1:04:12` from an hour on. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (number: number): string => String(number).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`
}

/** In whole minutes, so that a menu that is open does not change under the hand. */
export const minutesLeft = (leftMs: number): string => `${Math.max(1, Math.ceil(leftMs / 60_000))} min left`

export const camerasWord = (count: number): string => (count === 1 ? '1 camera' : `${count} cameras`)

/** Some names and how many more. */
export function listed(names: readonly string[]): string {
  const most = 3
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
