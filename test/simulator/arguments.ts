import { parseArgs } from 'node:util'
import type { Edition, Profile } from './options.ts'

/** What the command line asks for. */
export interface Wishes {
  port?: number
  recorderPort?: number
  controlPort?: number
  cameras?: number
  profile?: Profile
  edition?: Edition
  tokenTtlSeconds?: number
  user?: string
  password?: string
  seed?: string
  keyType?: 'rsa' | 'ec'
  special: boolean
  jpegGetLive: boolean
  noMedia: boolean
  smallMedia: boolean
  json: boolean
  help: boolean
}

export const HELP = `Watchpost's XProtect simulator: a server on this machine for trying and testing the client.

  npm run -s simulator -- [options]

  --port N                 gateway port, 0 takes a free one (default 0)
  --recorder-port N        recording server's port (default 0)
  --control-port N         port for looking in and making faults, plain HTTP (default 0)
  --cameras N              cameras that can play, 1 to 100000 (default 9)
  --no-special             without the H.265-only, the masked and the disabled camera
  --profile V              24.2, 25.1 or 25.2 (default 25.1)
  --edition E              professional+ or corporate (default professional+)
  --token-ttl SECONDS      life of an access token (default 3600)
  --user NAME              (default operator)
  --password WORD          (default: a new one at each start)
  --seed TEXT              same text, same ids (default watchpost)
  --ec                     an elliptic-curve key for the certificate instead of RSA
  --jpeg-get-live          cameras have the task JpegGetLive
  --no-media               sessions make an offer and never connect
  --small-media            small pictures, quicker to make
  --json                   one line of JSON when ready
  --help                   this text
`

/** A wrong command line; the message is one sentence for a human. */
export class WrongArguments extends Error {}

const options = {
  port: { type: 'string' },
  'recorder-port': { type: 'string' },
  'control-port': { type: 'string' },
  cameras: { type: 'string' },
  'no-special': { type: 'boolean', default: false },
  profile: { type: 'string' },
  edition: { type: 'string' },
  'token-ttl': { type: 'string' },
  user: { type: 'string' },
  password: { type: 'string' },
  seed: { type: 'string' },
  ec: { type: 'boolean', default: false },
  'jpeg-get-live': { type: 'boolean', default: false },
  'no-media': { type: 'boolean', default: false },
  'small-media': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line. Throws WrongArguments. */
export function readArguments(args: string[]): Wishes {
  const values = parsed(args)
  const whole = (name: 'port' | 'recorder-port' | 'control-port' | 'cameras' | 'token-ttl', min: number, max: number) =>
    wholeNumber(name, values[name], min, max)
  return defined({
    port: whole('port', 0, 65_535),
    recorderPort: whole('recorder-port', 0, 65_535),
    controlPort: whole('control-port', 0, 65_535),
    cameras: whole('cameras', 1, 100_000),
    profile: oneOf('profile', values.profile, ['24.2', '25.1', '25.2'] as const),
    edition: oneOf('edition', values.edition, ['professional+', 'corporate'] as const),
    tokenTtlSeconds: whole('token-ttl', 1, 86_400),
    user: notEmpty('user', values.user),
    password: notEmpty('password', values.password),
    seed: values.seed,
    keyType: values.ec ? ('ec' as const) : undefined,
    special: !values['no-special'],
    jpegGetLive: values['jpeg-get-live'],
    noMedia: values['no-media'],
    smallMedia: values['small-media'],
    json: values.json,
    help: values.help,
  })
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: false }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new WrongArguments(`${message.split('. ')[0]!.replace(/\.$/, '')}; --help lists the options.`)
  }
}

function wholeNumber(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (value >= min && value <= max) return value
  throw new WrongArguments(`--${name} must be a whole number from ${min} to ${max}, not '${text}'.`)
}

function oneOf<T extends string>(name: string, text: string | undefined, allowed: readonly T[]): T | undefined {
  if (text === undefined) return undefined
  const value = allowed.find((candidate) => candidate === text.toLowerCase())
  if (value !== undefined) return value
  throw new WrongArguments(`--${name} must be ${allowed.join(' or ')}, not '${text}'.`)
}

function notEmpty(name: string, text: string | undefined): string | undefined {
  if (text === '') throw new WrongArguments(`--${name} must not be empty.`)
  return text
}

/** Leaves out what was not given, so that the defaults hold. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}
const defined = <T extends object>(object: T): Defined<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>
