import { constants } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { parseProfile, profileLimits, type Parsed } from './parse-profile.ts'
import { withFirstPin, type SiteProfile } from './profile.ts'
import { backupsOf, readRegular, realDisk, reasonOf, writeVerified, type Disk } from './verified-file.ts'

/** Where profiles are looked for, in this order; of two with the same id the first counts. */
export interface ProfilePlaces {
  /** Set up by an administrator for everyone at this computer. Read, never written. */
  machineFolder?: string
  userFolder: string
  /** Files named when the program was started. */
  extraFiles: string[]
}

export interface StoredProfile {
  profile: SiteProfile
  file: string
  /** From the machine-wide folder: not to be changed by the app. */
  managed: boolean
}

/** A file that was set aside, or restored from a backup. The rest of the files is not touched by it. */
export interface ProfileProblem {
  file: string
  problem: string
}

/** The only reader and writer of site profiles (security.md 3.1). */
export interface ProfileStore {
  readAll: () => Promise<{ profiles: StoredProfile[]; problems: ProfileProblem[] }>
  /**
   * Saves the first pin of an origin. The file is read again first, so that what an administrator changed meanwhile
   * stays. Throws AppError bad-file where it may not or cannot be written.
   */
  savePin: (id: SiteId, origin: string, pin: Fingerprint) => Promise<SiteProfile>
}

const ending = '.watchpost.json'
const mostFiles = 1_000

/** `now` gives milliseconds since 1970, for the name of a quarantined file. */
export function createProfileStore(places: ProfilePlaces, now: () => number, disk: Disk = realDisk): ProfileStore {
  let known: StoredProfile[] = []
  let lastWrite: Promise<unknown> = Promise.resolve()

  async function readAll(): ReturnType<ProfileStore['readAll']> {
    const profiles: StoredProfile[] = []
    const problems: ProfileProblem[] = []
    for (const { file, managed } of await listFiles(places, problems)) {
      const parsed = await readOne(file, managed ? undefined : { now, disk })
      if (parsed.note) problems.push({ file, problem: parsed.note })
      if (!parsed.profile) continue
      const twin = profiles.find(({ profile }) => profile.id === parsed.profile?.id)
      if (twin) problems.push({ file, problem: `has the same id as ${twin.file}` })
      else profiles.push({ profile: parsed.profile, file, managed })
    }
    known = profiles
    return { profiles, problems }
  }

  async function savePin(id: SiteId, origin: string, pin: Fingerprint): Promise<SiteProfile> {
    const stored = known.find(({ profile }) => profile.id === id)
    if (!stored) throw new AppError({ kind: 'not-found', what: 'site' })
    const { file, managed } = stored
    if (managed) {
      throw new AppError({
        kind: 'bad-file',
        file,
        problem: 'is managed: the administrator adds the fingerprint to it',
      })
    }
    const current = parseProfile(await readRegular(file, profileLimits.bytes).catch(unreadable(file)))
    if (!('profile' in current)) throw new AppError({ kind: 'bad-file', file, problem: current.problem })
    if (current.profile.id !== id) throw new AppError({ kind: 'bad-file', file, problem: 'now holds another site' })

    const profile = withFirstPin(current.profile, origin, pin)
    await writeVerified(file, `${JSON.stringify(profile, null, 2)}\n`, disk, (old) => 'profile' in parseProfile(old))
    stored.profile = profile
    return profile
  }

  return {
    readAll,
    // One writer at a time: two pins of one site must not overwrite each other.
    savePin(id, origin, pin) {
      const write = lastWrite.then(() => savePin(id, origin, pin))
      lastWrite = write.catch(() => undefined) // the caller hears of it
      return write
    },
  }
}

async function listFiles(
  places: ProfilePlaces,
  problems: ProfileProblem[],
): Promise<{ file: string; managed: boolean }[]> {
  const inFolder = async (folder: string): Promise<string[]> => {
    try {
      const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort()
      if (names.length > mostFiles) problems.push({ file: folder, problem: `holds more than ${mostFiles} profiles` })
      return names.slice(0, mostFiles).map((name) => path.join(folder, name))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.push({ file: folder, problem: reasonOf(error) })
      return []
    }
  }
  const machine = places.machineFolder === undefined ? [] : await inFolder(places.machineFolder)
  const own = [...(await inFolder(places.userFolder)), ...places.extraFiles]
  return [
    ...machine.map((file) => ({ file, managed: true })),
    ...[...new Set(own)].filter((file) => !machine.includes(file)).map((file) => ({ file, managed: false })),
  ]
}

/** A profile, and a note where something was wrong with the file. `repair` is absent where it may not be replaced. */
async function readOne(file: string, repair?: Repair): Promise<{ profile?: SiteProfile; note?: string }> {
  const parsed = await parseFile(file)
  if ('profile' in parsed) return parsed
  if (!parsed.isDamaged || !repair) return { note: parsed.problem }

  for (const backup of backupsOf(file)) {
    const older = await parseFile(backup)
    if (!('profile' in older)) continue
    const aside = await restore(file, backup, repair)
    const kept = aside ? `, the damaged file is kept as ${path.basename(aside)}` : ''
    return { ...older, note: `${parsed.problem}; ${path.basename(backup)} is used${kept}` }
  }
  // Without a backup it stays where it is, so that every start names it until somebody has looked.
  return { note: parsed.problem }
}

async function parseFile(file: string): Promise<Parsed> {
  try {
    return parseProfile(await readRegular(file, profileLimits.bytes))
  } catch (error) {
    return { problem: reasonOf(error), isDamaged: false }
  }
}

interface Repair {
  now: () => number
  disk: Disk
}

/** Copies the damaged file aside before the backup takes its place, so that at no moment there is no file. */
async function restore(file: string, backup: string, { now, disk }: Repair): Promise<string | undefined> {
  const aside = `${file}.corrupt-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`
  try {
    const bytes = await readRegular(backup, profileLimits.bytes)
    await copyFile(file, aside, constants.COPYFILE_EXCL)
    await writeVerified(file, bytes.toString(), disk, () => false)
    return aside
  } catch {
    return undefined // the backup is read all the same; the next start tries again
  }
}

const unreadable = (file: string) => (cause: unknown) => {
  throw new AppError({ kind: 'bad-file', file, problem: reasonOf(cause) }, { cause })
}
