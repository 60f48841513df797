import { constants } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { reasonOf } from '../file-reason.ts'
import { parseProfile, profileLimits, type Parsed } from './parse-profile.ts'
import type { SiteProfile } from './profile.ts'
import { backupsOf, readRegular, realDisk, writeVerified, type Disk } from './verified-file.ts'

/** Where profiles are looked for, in this order; of two with the same id the first counts. */
export interface ProfilePlaces {
  /** Set up by an administrator for everyone at this computer. Read, never written. */
  machineFolder?: string
  userFolder: string
  /** Files named when the program was started. */
  extraFiles: string[]
}

/** A file that was set aside. The others are not touched by it. */
export interface ProfileProblem {
  file: string
  problem: string
  /** From the machine-wide folder. */
  managed: boolean
}

export const profileEnding = '.watchpost.json'
const mostFiles = 1_000

interface Found {
  file: string
  managed: boolean
}

/** All profile files, the machine's first. What is wrong with a whole folder is added to `problems`. */
export async function listFiles(places: ProfilePlaces, problems: ProfileProblem[]): Promise<Found[]> {
  const inFolder = async (folder: string, managed: boolean): Promise<string[]> => {
    const tell = (problem: string) => void problems.push({ file: folder, problem, managed })
    try {
      const names = (await readdir(folder)).filter((name) => name.endsWith(profileEnding)).sort()
      if (names.length > mostFiles) tell(`holds more than ${mostFiles} profiles`)
      return names.slice(0, mostFiles).map((name) => path.join(folder, name))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') tell(reasonOf(error))
      return []
    }
  }
  const machine = places.machineFolder === undefined ? [] : await inFolder(places.machineFolder, true)
  const own = [...(await inFolder(places.userFolder, false)), ...places.extraFiles]
  return [
    ...machine.map((file) => ({ file, managed: true })),
    ...[...new Set(own)].filter((file) => !machine.includes(file)).map((file) => ({ file, managed: false })),
  ]
}

/** What a repair needs: milliseconds since 1970 for the name of the damaged file, and room. */
export interface Repair {
  now: () => number
  disk?: Disk
}

/** A profile, from a backup if its file is damaged. `repair` is absent where the file may not be replaced. */
export async function readOne(
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

/** One file as it is, without repairing anything. Never throws. */
export async function parseFile(file: string): Promise<Parsed> {
  try {
    return parseProfile(await readRegular(file, profileLimits.bytes))
  } catch (error) {
    return { problem: reasonOf(error), isDamaged: false }
  }
}

/** A name beside the file that says what became of it and when. */
export const asideName = (file: string, what: 'corrupt' | 'removed', nowMs: number): string =>
  `${file}.${what}-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}`

/** Copies the damaged file aside before the backup takes its place, so that at no moment there is no file. */
async function restore(file: string, backup: string, { now, disk = realDisk }: Repair): Promise<string | undefined> {
  const aside = asideName(file, 'corrupt', now())
  try {
    const bytes = await readRegular(backup, profileLimits.bytes)
    await copyFile(file, aside, constants.COPYFILE_EXCL)
    await writeVerified(file, bytes.toString(), disk, () => false)
    return aside
  } catch {
    return undefined // the backup is read all the same; the next start tries again
  }
}
