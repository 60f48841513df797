import { parseArgs } from 'node:util'
import type { Role } from './identity/users.ts'
import type { Edition, Profile } from './options.ts'

/** What the command line asks for. */
export interface Wishes {
  port?: number
  recorderPort?: number
  controlPort?: number
  gateways?: number
  recorders?: number
  idp?: 'gateway' | 'separate'
  cameras?: number
  outputs?: number
  microphones?: number
  outputRules?: true
  ruleCameras?: number[]
  manualTimeoutMinutes?: number
  integration?: true
  searchTasks?: false
  profile?: Profile
  edition?: Edition
  tokenTtlSeconds?: number
  user?: string
  role?: Role
  windowsUser?: string
  password?: string
  seed?: string
  siteName?: string
  childSites?: number
  keyType?: 'rsa' | 'ec'
  certDays?: number
  clockOffsetSeconds?: number
  jpegGetLive?: true
  singleShot?: true
  ca: boolean
  special: boolean
  noMedia: boolean
  smallMedia: boolean
  json: boolean
  help: boolean
}

/** A wrong command line; the message is one sentence for a human. */
export class WrongArguments extends Error {}

const options = {
  port: { type: 'string' },
  'recorder-port': { type: 'string' },
  'control-port': { type: 'string' },
  gateways: { type: 'string' },
  recorders: { type: 'string' },
  idp: { type: 'string' },
  cameras: { type: 'string' },
  outputs: { type: 'string' },
  microphones: { type: 'string' },
  'output-rules': { type: 'boolean' },
  rules: { type: 'string' },
  'manual-timeout': { type: 'string' },
  integration: { type: 'boolean' },
  'no-search-tasks': { type: 'boolean' },
  'no-special': { type: 'boolean', default: false },
  profile: { type: 'string' },
  edition: { type: 'string' },
  'token-ttl': { type: 'string' },
  user: { type: 'string' },
  role: { type: 'string' },
  'windows-user': { type: 'string' },
  password: { type: 'string' },
  seed: { type: 'string' },
  'site-name': { type: 'string' },
  'child-sites': { type: 'string' },
  ca: { type: 'boolean', default: false },
  'cert-days': { type: 'string' },
  'clock-offset': { type: 'string' },
  ec: { type: 'boolean', default: false },
  'jpeg-get-live': { type: 'boolean' },
  'single-shot': { type: 'boolean' },
  'no-media': { type: 'boolean', default: false },
  'small-media': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

type NumberName =
  | 'port'
  | 'recorder-port'
  | 'control-port'
  | 'gateways'
  | 'recorders'
  | 'cameras'
  | 'outputs'
  | 'microphones'
  | 'manual-timeout'
  | 'token-ttl'
  | 'child-sites'

/** Reads the command line. Throws WrongArguments. */
export function readArguments(args: string[]): Wishes {
  const values = parsed(args)
  const whole = (name: NumberName, min: number, max: number) => wholeNumber(name, values[name], min, max)
  return defined({
    port: whole('port', 0, 65_535),
    recorderPort: whole('recorder-port', 0, 65_535),
    controlPort: whole('control-port', 0, 65_535),
    gateways: whole('gateways', 1, 8),
    recorders: whole('recorders', 1, 8),
    idp: oneOf('idp', values.idp, ['gateway', 'separate'] as const),
    cameras: whole('cameras', 1, 100_000),
    outputs: whole('outputs', 0, 1000),
    microphones: whole('microphones', 0, 1000),
    outputRules: values['output-rules'] ? (true as const) : undefined,
    ruleCameras: numbers('rules', values.rules),
    manualTimeoutMinutes: whole('manual-timeout', 0, 10_000),
    integration: values.integration ? (true as const) : undefined,
    searchTasks: values['no-search-tasks'] ? (false as const) : undefined,
    profile: oneOf('profile', values.profile, ['24.2', '25.1', '25.2'] as const),
    edition: oneOf('edition', values.edition, ['professional+', 'corporate'] as const),
    tokenTtlSeconds: whole('token-ttl', 1, 86_400),
    user: notEmpty('user', values.user),
    role: oneOf('role', values.role, ['operator', 'viewer', 'administrator'] as const),
    windowsUser: notEmpty('windows-user', values['windows-user']),
    password: notEmpty('password', values.password),
    seed: values.seed,
    siteName: notEmpty('site-name', values['site-name']),
    childSites: whole('child-sites', 0, 8),
    keyType: values.ec ? ('ec' as const) : undefined,
    certDays: decimal('cert-days', values['cert-days'], 3650),
    clockOffsetSeconds: decimal('clock-offset', values['clock-offset'], 10 * 366 * 86_400),
    jpegGetLive: values['jpeg-get-live'] ? (true as const) : undefined,
    singleShot: values['single-shot'] ? (true as const) : undefined,
    ca: values.ca,
    special: !values['no-special'],
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

/** Camera numbers between commas. */
function numbers(name: string, text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d*(,[1-9]\d*)*$/.test(text)) return text.split(',').map(Number)
  throw new WrongArguments(`--${name} must be camera numbers between commas, not '${text}'.`)
}

function decimal(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
  if (Math.abs(value) <= max) return value
  throw new WrongArguments(`--${name} must be a number from -${max} to ${max}, not '${text}'.`)
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
