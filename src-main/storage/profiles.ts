import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import type { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { parseProfile, profileLimits } from './parse-profile.ts'
import {
  freeName,
  problemOf,
  putAway,
  putBack,
  refuseManaged,
  refuseReadOnly,
  unreadable,
  writeCopy,
  writeProfile,
} from './profile-acts.ts'
import { listFiles, readOne, type ProfilePlaces, type ProfileProblem } from './profile-files.ts'
import { withFirstPin, withNewPin, withoutOldPins, withPromotedPin, type SiteProfile } from './profile.ts'
import { createSeenPins } from './seen-pins.ts'
import { readRegular, realDisk, type Disk } from './verified-file.ts'

export type { ProfilePlaces, ProfileProblem }

export interface StoredProfile {
  profile: SiteProfile
  file: string
  /** From the machine-wide folder: not to be changed by the app. */
  managed: boolean
  /** The file was damaged and a backup is used instead: to be told to a person. */
  problem?: Failure
}

/** Where a file that was taken away stood, and where it lies now. */
export interface RemovedFile {
  file: string
  keptAs: string
}

/** A change of one profile, given what its file holds now. */
export type Change = (profile: SiteProfile) => SiteProfile

/**
 * The only reader and writer of site profiles (security.md 3.1). Every change reads the file again first, so that what
 * an administrator changed meanwhile stays, and is written one after the other.
 *
 * What may not be done throws AppError managed; what cannot be done throws bad-file, and the file is as it was.
 */
export interface ProfileStore {
  /** `notices` are for the log: nothing a person at the screen can do anything about. */
  readAll: () => Promise<{ profiles: StoredProfile[]; problems: ProfileProblem[]; notices: string[] }>
  /** All profiles as last read or written. */
  all: () => StoredProfile[]
  /** Fingerprints agreed on last for an address of a site, whatever became of its profile. */
  pinsSeen: (id: SiteId, origin: string) => Fingerprint[]
  /** A profile with those fingerprints wherever it names an address without trust. */
  withPinsSeen: (profile: SiteProfile) => SiteProfile
  /** Saves the first pin of an origin; one that is trusted already stays as it is. */
  savePin: (id: SiteId, origin: string, pin: Fingerprint) => Promise<SiteProfile>
  /** Saves that an announced pin is now in use. */
  savePromotion: (id: SiteId, origin: string, pin: Fingerprint) => Promise<SiteProfile>
  /** Saves the pin a person agreed on in place of all before it. */
  saveRepin: (id: SiteId, origin: string, pin: Fingerprint) => Promise<SiteProfile>
  /** Puts a new profile into the user's folder, under a file name made of its name. */
  add: (profile: SiteProfile) => Promise<StoredProfile>
  change: (id: SiteId, change: Change) => Promise<StoredProfile>
  /** Takes a profile away: its file is renamed, never deleted. */
  remove: (id: SiteId) => Promise<RemovedFile>
  /** The same for a file that never became a profile. */
  removeFile: (problem: ProfileProblem) => Promise<RemovedFile>
  /** Puts a profile that was taken away back in its place, unless that, or its id, is another's by now. */
  restore: (removed: RemovedFile) => Promise<StoredProfile>
  /** The same for a file that never became a profile. */
  restoreFile: (removed: RemovedFile) => Promise<void>
  /**
   * Writes a copy where a person wants it. What stood there has been asked about by whoever chose the place; a link
   * there is replaced, not followed. Only names of profiles are written to.
   */
  copyTo: (id: SiteId, file: string) => Promise<void>
}

/** `now` gives milliseconds since 1970: for old pins, and for the names of files set aside. */
export function createProfileStore(places: ProfilePlaces, now: () => number, disk: Disk = realDisk): ProfileStore {
  const seen = createSeenPins(places.userFolder, disk, now)
  let known: StoredProfile[] = []
  let lastWrite: Promise<unknown> = Promise.resolve()

  async function readAll(): ReturnType<ProfileStore['readAll']> {
    const profiles: StoredProfile[] = []
    const problems: ProfileProblem[] = []
    const notices: string[] = []
    const damage = await seen.read()
    if (damage) notices.push(damage)
    for (const { file, managed } of await listFiles(places, problems)) {
      const parsed = await readOne(file, managed ? undefined : { now, disk })
      if (!('profile' in parsed)) {
        problems.push({ file, problem: parsed.problem, managed })
        continue
      }
      const { problem } = parsed
      // A backup may be from before the last certificate was agreed on.
      const fresh = withoutOldPins(parsed.profile, now())
      const profile = seen.complete(fresh, problem !== undefined)
      if (profile !== fresh) {
        notices.push(`${file}: certificates agreed on earlier were filled in`)
        // On disk too, or the next start would take the older ones for the last word.
        if (problem) await writeProfile(file, profile, disk).catch((error: unknown) => notices.push(problemOf(error)))
      }
      const twin = profiles.find((other) => other.profile.id === profile.id)
      if (twin) problems.push({ file, problem: `has the same id as ${twin.file}`, managed })
      else profiles.push({ profile, file, managed, ...(problem && { problem: { kind: 'bad-file', file, problem } }) })
    }
    known = profiles
    const noted = seen.note(known.map(({ profile }) => profile))
    await noted.catch((error: unknown) => notices.push(`certificates were not taken down: ${problemOf(error)}`))
    return { profiles, problems, notices }
  }

  function own(id: SiteId): StoredProfile {
    const stored = known.find(({ profile }) => profile.id === id)
    if (!stored) throw new AppError({ kind: 'not-found', what: 'site' })
    refuseManaged(stored)
    return stored
  }

  /** What the file holds now, and whether it is still the one that was read. */
  async function readAgain({ file, profile: { id } }: StoredProfile): Promise<SiteProfile> {
    const current = parseProfile(await readRegular(file, profileLimits.bytes).catch(unreadable(file)))
    if (!('profile' in current)) throw new AppError({ kind: 'bad-file', file, problem: current.problem })
    if (current.profile.id !== id) throw new AppError({ kind: 'bad-file', file, problem: 'now holds another site' })
    return seen.complete(withoutOldPins(current.profile, now()))
  }

  async function write(file: string, profile: SiteProfile): Promise<void> {
    // First the record: a pin in a profile that nobody else remembers could be lost with it.
    await seen.note([profile]).catch((cause: unknown) => {
      throw new AppError({ kind: 'bad-file', file, problem: problemOf(cause) }, { cause })
    })
    await writeProfile(file, profile, disk)
  }

  async function change(id: SiteId, make: Change): Promise<StoredProfile> {
    const stored = own(id)
    const profile = seen.complete(make(await readAgain(stored)))
    await refuseReadOnly(stored.file)
    await write(stored.file, profile)
    const changed: StoredProfile = { profile, file: stored.file, managed: false }
    known = known.map((one) => (one === stored ? changed : one))
    return changed
  }

  async function add(profile: SiteProfile): Promise<StoredProfile> {
    const twin = known.find((other) => other.profile.id === profile.id)
    if (twin) throw new AppError({ kind: 'bad-file', file: twin.file, problem: 'has the same id' })
    const stored = {
      profile: seen.complete(profile),
      file: await freeName(places.userFolder, profile.name),
      managed: false,
    }
    await write(stored.file, stored.profile)
    known = [...known, stored]
    return stored
  }

  async function remove(id: SiteId): Promise<RemovedFile> {
    const { file } = own(id)
    const keptAs = await putAway(file, now())
    known = known.filter(({ profile }) => profile.id !== id)
    return { file, keptAs }
  }

  async function restore({ file, keptAs }: RemovedFile): Promise<StoredProfile> {
    const parsed = parseProfile(await readRegular(keptAs, profileLimits.bytes).catch(unreadable(keptAs)))
    if (!('profile' in parsed)) throw new AppError({ kind: 'bad-file', file: keptAs, problem: parsed.problem })
    const twin = known.find((other) => other.profile.id === parsed.profile.id)
    if (twin) throw new AppError({ kind: 'bad-file', file: twin.file, problem: 'has the same id' })
    await putBack(keptAs, file)
    const stored = { profile: seen.complete(withoutOldPins(parsed.profile, now())), file, managed: false }
    known = [...known, stored]
    return stored
  }

  const save = async (id: SiteId, make: Change): Promise<SiteProfile> => (await inTurn(() => change(id, make))).profile

  /** One writer at a time: two pins of one site must not overwrite each other. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const acted = lastWrite.then(act)
    lastWrite = acted.catch(() => undefined) // the caller hears of it
    return acted
  }

  return {
    readAll,
    all: () => known,
    pinsSeen: seen.of,
    withPinsSeen: (profile) => seen.complete(profile),
    savePin: (id, origin, pin) => save(id, (profile) => withFirstPin(profile, origin, pin)),
    savePromotion: (id, origin, pin) => save(id, (profile) => withPromotedPin(profile, origin, pin, now())),
    saveRepin: (id, origin, pin) => save(id, (profile) => withNewPin(profile, origin, pin)),
    add: (profile) => inTurn(() => add(profile)),
    change: (id, make) => inTurn(() => change(id, make)),
    remove: (id) => inTurn(() => remove(id)),
    removeFile: (problem) =>
      inTurn(async () => {
        refuseManaged(problem)
        return { file: problem.file, keptAs: await putAway(problem.file, now()) }
      }),
    restore: (removed) => inTurn(() => restore(removed)),
    restoreFile: ({ file, keptAs }) => inTurn(() => putBack(keptAs, file)),
    copyTo: (id, file) =>
      inTurn(async () => {
        const stored = known.find(({ profile }) => profile.id === id)
        if (!stored) throw new AppError({ kind: 'not-found', what: 'site' })
        await writeCopy(file, stored.profile, disk)
      }),
  }
}
