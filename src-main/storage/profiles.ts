import { constants } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import type { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { parseProfile, profileLimits, type Parsed } from './parse-profile.ts'
import { withFirstPin, withNewPin, withPromotedPin, type SiteProfile } from './profile.ts'
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
  /** The file was damaged and a backup is used instead: to be told to a person. */
  problem?: Failure
}

/** A file that was set aside. The others are not touched by it. */
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
  /** Saves that an announced pin is now in use. Throws like `savePin`. */
  savePromotion: (id: SiteId, origin: string, pin: Fingerprint) => Promise<SiteProfile>
  /** Saves the pin a person agreed on in place of all before it. Throws like `savePin`. */
  saveRepin: (id: SiteId, origin: string, pin: Fingerprint) => Promise<SiteProfile>
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
      if (!('profile' in parsed)) {
        problems.push({ file, problem: parsed.problem })
        continue
      }
      const { profile, problem } = parsed
      const twin = profiles.find((other) => other.profile.id === profile.id)
      if (twin) problems.push({ file, problem: `has the same id as ${twin.file}` })
      else profiles.push({ profile, file, managed, ...(problem && { problem: { kind: 'bad-file', file, problem } }) })
    }
    known = profiles
    return { profiles, problems }
  }

  async function save(id: SiteId, change: (profile: SiteProfile) => SiteProfile): Promise<SiteProfile> {
    const stored = known.find(({ profile }) => profile.id === id)
    if (!stored) throw new AppError({ kind: 'not-found', what: 'site' })
    const { file, managed } = stored
    if (managed) {
      throw new AppError({
        kind: 'bad-file',
        file,
        problem: 'is managed: an administrator must change it',
      })
    }
    const current = parseProfile(await readRegular(file, profileLimits.bytes).catch(unreadable(file)))
    if (!('profile' in current)) throw new AppError({ kind: 'bad-file', file, problem: current.problem })
    if (current.profile.id !== id) throw new AppError({ kind: 'bad-file', file, problem: 'now holds another site' })

    const profile = change(current.profile)
    await writeVerified(file, `${JSON.stringify(profile, null, 2)}\n`, disk, (old) => 'profile' in parseProfile(old))
    stored.profile = profile
    return profile
  }

  /** One writer at a time: two pins of one site must not overwrite each other. */
  function inTurn(write: () => Promise<SiteProfile>): Promise<SiteProfile> {
    const written = lastWrite.then(write)
    lastWrite = written.catch(() => undefined) // the caller hears of it
    return written
  }

  return {
    readAll,
    savePin: (id, origin, pin) => inTurn(() => save(id, (profile) => withFirstPin(profile, origin, pin))),
    savePromotion: (id, origin, pin) =>
      inTurn(() => save(id, (profile) => withPromotedPin(profile, origin, pin, now()))),
    saveRepin: (id, origin, pin) => inTurn(() => save(id, (profile) => withNewPin(profile, origin, pin))),
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

/** A profile, from a backup if its file is damaged. `repair` is absent where the file may not be replaced. */
async function readOne(
  file: string,
  repair?: Repair,
): Promise<{ profile: SiteProfile; problem?: string } | { problem: string }> {
  const parsed = await parseFile(file)
  if ('profile' in parsed || !parsed.isDamaged || !repair) return parsed

  for (const backup of backupsOf(file)) {
    const older = await parseFile(backup)
    if (!('profile' in older)) continue
    const aside = await restore(file, backup, repair)
    const kept = aside ? `, the damaged file is kept as ${path.basename(aside)}` : ''
    return { profile: older.profile, problem: `${parsed.problem}; ${path.basename(backup)} is used${kept}` }
  }
  // Without a backup it stays where it is, so that every start names it until somebody has looked.
  return parsed
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
