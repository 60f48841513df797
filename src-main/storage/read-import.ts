import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'
import { parseProfile, profileLimits } from './parse-profile.ts'
import type { SiteProfile } from './profile.ts'
import { readEnv, type EnvSite } from './read-env.ts'
import { readRegular } from './verified-file.ts'

/** A file somebody wants to import: a profile, or the `.env` of an older client. */
export type Imported = { kind: 'profile'; profile: SiteProfile } | ({ kind: 'env' } & EnvSite)

/** Reads a file of either kind. Throws AppError bad-file naming it without its folder; no content is ever repeated. */
export async function readImport(file: string): Promise<Imported> {
  const name = path.basename(file)
  const bytes = await readRegular(file, profileLimits.bytes).catch((cause: unknown) => {
    throw new AppError({ kind: 'bad-file', file: name, problem: reasonOf(cause) }, { cause })
  })
  // Whatever has the name of an env file, or lines KEY=value and no brace: JSON has neither.
  const isEnv =
    /(^|\.)env(\.|$)/i.test(name) || /^(?:\s*(?:#.*)?\r?\n)*\s*(?:export\s+)?\w+\s*=/.test(bytes.toString('latin1'))
  if (isEnv) return { kind: 'env', ...readEnv(decode(bytes, name), name) }

  const parsed = parseProfile(bytes)
  if ('profile' in parsed) return { kind: 'profile', profile: parsed.profile }
  throw new AppError({ kind: 'bad-file', file: name, problem: parsed.problem })
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new AppError({ kind: 'bad-file', file, problem: 'is not UTF-8 text' }, { cause })
  }
}
