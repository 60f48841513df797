import { rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'
import { fileNameFor } from './file-name.ts'
import { parseProfile } from './parse-profile.ts'
import { asideName, profileEnding } from './profile-files.ts'
import type { SiteProfile } from './profile.ts'
import { backupsOf, isThere, writeVerified, type Disk } from './verified-file.ts'

/** The acts of the profile store on one file. Everything that fails throws AppError. */

/** Writes what the reader will read; whatever it would refuse, a secret above all, is not written. */
export async function writeProfile(file: string, profile: SiteProfile, disk: Disk): Promise<void> {
  const text = textOf(profile)
  const asRead = parseProfile(Buffer.from(text))
  if (!('profile' in asRead))
    throw new AppError({ kind: 'bad-file', file, problem: `was not saved: ${asRead.problem}` })
  await writeVerified(file, text, disk, (old) => 'profile' in parseProfile(old))
}

/** Writes a profile to a place a person chose. Only over what is named like one. */
export async function writeCopy(file: string, profile: SiteProfile, disk: Disk): Promise<void> {
  if (!file.endsWith('.json')) {
    throw new AppError({ kind: 'bad-file', file, problem: 'was not saved: its name must end in .json' })
  }
  await writeVerified(file, textOf(profile), disk, () => false)
}

/** A name no file has, and no backup of one that was: a backup must not come back as another site's. */
export async function freeName(folder: string, name: string): Promise<string> {
  const wished = path.join(folder, fileNameFor(name))
  for (let number = 1; number <= 10_000; number++) {
    const file = number === 1 ? wished : `${wished.slice(0, -profileEnding.length)}-${number}${profileEnding}`
    const taken = await Promise.all([file, ...backupsOf(file)].map(isThere))
    if (!taken.includes(true)) return file
  }
  throw new AppError({ kind: 'bad-file', file: wished, problem: 'stands there ten thousand times already' })
}

export function refuseManaged({ managed, file }: { managed: boolean; file: string }): void {
  if (managed) throw new AppError({ kind: 'managed', file, rule: 'this site is set up for the whole computer' })
}

/** Whoever marked it so meant it; renaming a new file over it would not even notice. */
export async function refuseReadOnly(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o222) === 0) throw new AppError({ kind: 'bad-file', file, problem: 'was not saved: it is read-only' })
}

/** Gives where the file lies then. Renames, with what is kept beside it, so that it can be put back by hand. */
export async function putAway(file: string, nowMs: number): Promise<string> {
  const kept = asideName(file, 'removed', nowMs)
  try {
    // Only what is named like a profile: a start option may have named anything.
    if (!file.endsWith(profileEnding)) throw new Error(`its name does not end in ${profileEnding}`)
    if (await isThere(kept)) throw new Error('a file of that name was removed in the same moment')
    await rename(file, kept)
  } catch (cause) {
    throw new AppError({ kind: 'bad-file', file, problem: `was not removed: ${reasonOf(cause)}` }, { cause })
  }
  return kept
}

/** The way back. What stands there by now is not written over. */
export async function putBack(kept: string, file: string): Promise<void> {
  try {
    if (await isThere(file)) throw new Error('another file stands in its place by now')
    await rename(kept, file)
  } catch (cause) {
    throw new AppError({ kind: 'bad-file', file, problem: `was not brought back: ${reasonOf(cause)}` }, { cause })
  }
}

const textOf = (profile: SiteProfile): string => `${JSON.stringify(profile, null, 2)}\n`

export const problemOf = (error: unknown): string =>
  error instanceof AppError && error.failure.kind === 'bad-file' ? error.failure.problem : reasonOf(error)

export const unreadable = (file: string) => (cause: unknown) => {
  throw new AppError({ kind: 'bad-file', file, problem: reasonOf(cause) }, { cause })
}
