import { parseEnv } from 'node:util'
import { AppError } from '../../src-preload/contract/failure.ts'
import { parseOrigin } from './origin.ts'
import type { SiteProfile } from './profile.ts'

/** What the `.env` of an older client says. The password is for the vault: it is in no profile. */
export interface EnvSite {
  /** Without id and trust: the file has neither. */
  fields: Pick<SiteProfile, 'gateway'> & Partial<Pick<SiteProfile, 'idp' | 'user' | 'recording' | 'tray'>>
  password: string | null
  /** Names of what was not taken, never a value. */
  warnings: string[]
}

const durations = {
  RECORDING_DEFAULT_DURATION: 'defaultSeconds',
  RECORDING_MIN_DURATION: 'minSeconds',
  RECORDING_MAX_DURATION: 'maxSeconds',
} as const
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads the text of an `.env`. Throws AppError bad-file where it cannot become a site; no value is ever repeated. */
export function readEnv(text: string, file: string): EnvSite {
  const given = new Map(Object.entries(parseEnv(text)).filter(([, value]) => value !== undefined && value !== ''))
  const take = (key: string): string | undefined => {
    const value = given.get(key)
    given.delete(key)
    return value
  }
  const refuse = (key: string, problem: string): never => {
    throw new AppError({ kind: 'bad-file', file, problem: `${key} ${problem}` })
  }
  const originIn = (key: string, value: string): string => {
    if (/^http:/i.test(value))
      refuse(key, 'begins with http://, so a password would travel unprotected; give the https:// address')
    return serverOf(value) ?? refuse(key, 'must be https://host or https://host:port')
  }

  const warnings: string[] = []
  const base = take('MILESTONE_BASE_URL') ?? refuse('MILESTONE_BASE_URL', 'is missing')
  const gateway = originIn('MILESTONE_BASE_URL', base)
  const user = take('MILESTONE_USERNAME')
  const password = take('MILESTONE_PASSWORD') ?? null

  // A path alone is at the gateway. What else stands there is known to the program itself.
  const tokens = take('MILESTONE_TOKEN_ENDPOINT')
  const idp = tokens === undefined || tokens.startsWith('/') ? gateway : originIn('MILESTONE_TOKEN_ENDPOINT', tokens)
  for (const key of [...given.keys()].filter((name) => /^MILESTONE_\w+_ENDPOINT$/.test(name))) {
    const value = take(key) ?? ''
    const isElsewhere = /^[a-z]+:/i.test(value) && serverOf(value) !== gateway
    if (isElsewhere) warnings.push(`${key} names another server; it is not used`)
  }

  // Seconds: the older client's own defaults are 900, 60 and 7200 [?].
  const recording: NonNullable<SiteProfile['recording']> = {}
  for (const [key, field] of Object.entries(durations)) {
    const value = take(key)
    if (value === undefined) continue
    if (!/^\d{1,5}$/.test(value)) refuse(key, 'must be a number of seconds')
    recording[field] = Number(value)
  }

  const cameras: { number: number; id: string }[] = []
  for (const key of [...given.keys()]) {
    const number = /^CAMERA_(\d{1,4})_ID$/.exec(key)?.[1]
    if (number === undefined) continue
    const id = (take(key) ?? '').toLowerCase().replace(/^\{|\}$/g, '')
    if (guid.test(id)) cameras.push({ number: Number(number), id })
    else warnings.push(`${key} is not the guid of a camera; it is left out`)
  }
  const ids = [...new Set(cameras.sort((a, b) => a.number - b.number).map(({ id }) => id))]
  warnings.push(...[...given.keys()].slice(0, 40).map((key) => `${printable(key)} is not known and was left out`))

  return {
    fields: {
      gateway: [gateway],
      ...(idp !== gateway && { idp }),
      ...(user !== undefined && { user }),
      ...(Object.keys(recording).length > 0 && { recording }),
      ...(ids.length > 0 && { tray: { cameras: ids as NonNullable<SiteProfile['tray']>['cameras'] } }),
    },
    password,
    warnings,
  }
}

/** The origin an address begins with. */
const serverOf = (address: string): string | undefined => parseOrigin(/^https:\/\/[^/?#\s]+/i.exec(address)?.[0] ?? '')

/** A key nobody chose with care: it might be a value in the wrong place. */
const printable = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_]{0,59}$/.test(key) ? key : 'A name that is none')
