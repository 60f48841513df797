import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { reasonOf } from '../file-reason.ts'
import type { SiteProfile } from './profile.ts'
import { asideName } from './profile-files.ts'
import { backupsOf, readRegular, writeVerified, type Disk } from './verified-file.ts'

/**
 * What was agreed on last, by site and address, outside the profiles (security.md 3.1): a profile that was removed,
 * damaged or written anew without its pins must not make a stranger's certificate a first contact.
 *
 * Such a profile gets its pins back when it is read. A server that shows the same certificate is simply there again; one
 * that shows another is the server whose certificate changed.
 */
export interface SeenPins {
  /** Reads the record. Gives a sentence where it was damaged. */
  read: () => Promise<string | undefined>
  /** Empty where nothing was ever agreed on. */
  of: (id: SiteId, origin: string) => Fingerprint[]
  /** The profile with the pins it lacks. `overrule`: also in place of those it has, where they may be older. */
  complete: (profile: SiteProfile, overrule?: boolean) => SiteProfile
  /** Takes down what these profiles agree on. Throws AppError bad-file where it cannot be kept. */
  note: (profiles: SiteProfile[]) => Promise<void>
}

const Seen = z.strictObject({
  version: z.literal(1),
  sites: z.record(z.string(), z.record(z.string(), z.array(Fingerprint).min(1).max(8))),
})
type Seen = z.infer<typeof Seen>

const mostBytes = 4_194_304

/** `now` gives milliseconds since 1970, for the name of a damaged record. */
export function createSeenPins(folder: string, disk: Disk, now: () => number): SeenPins {
  const file = path.join(folder, 'pins-seen.json')
  let sites: Seen['sites'] = {}

  function of(id: SiteId, origin: string): Fingerprint[] {
    const known = Object.hasOwn(sites, id) ? sites[id]! : {}
    return Object.hasOwn(known, origin) ? known[origin]! : []
  }

  return {
    async read() {
      const current = await readSeen(file)
      if ('sites' in current) {
        sites = current.sites
        return undefined
      }
      const aside = asideName(file, 'corrupt', now())
      const kept = await copyFile(file, aside).then(
        () => `the damaged file is kept as ${path.basename(aside)}`,
        () => 'it stays where it is',
      )
      for (const backup of backupsOf(file)) {
        const older = await readSeen(backup, 'must be there')
        if (!('sites' in older)) continue
        sites = older.sites
        return `${file} ${current.problem}; ${path.basename(backup)} is used, ${kept}`
      }
      return `${file} ${current.problem} and has no backup, so earlier certificates are known from profiles only; ${kept}`
    },

    of,

    complete(profile, overrule = false) {
      const missing = originsIn(profile).flatMap((origin) => {
        const pins = of(profile.id, origin)
        const agreed = profile.trust[origin]
        const isAsSeen =
          agreed && (agreed.mode !== 'pin' || !overrule || pins.every((pin) => agreed.pins.includes(pin)))
        return pins.length === 0 || isAsSeen ? [] : [[origin, { mode: 'pin' as const, pins }] as const]
      })
      return missing.length === 0
        ? profile
        : { ...profile, trust: { ...profile.trust, ...Object.fromEntries(missing) } }
    },

    async note(profiles) {
      const next = structuredClone(sites)
      for (const { id, trust } of profiles) {
        for (const [origin, agreed] of Object.entries(trust))
          if (agreed.mode === 'pin') next[id] = { ...next[id], [origin]: agreed.pins }
      }
      const text = `${JSON.stringify({ version: 1, sites: next } satisfies Seen, null, 2)}\n`
      if (JSON.stringify(next) === JSON.stringify(sites)) return
      await writeVerified(file, text, disk, (old) => parseSeen(old) !== undefined)
      sites = next
    },
  }
}

const originsIn = ({ gateway, idp, recorders = [] }: SiteProfile): string[] => [
  ...new Set([...gateway, ...(idp === undefined ? [] : [idp]), ...recorders]),
]

async function readSeen(file: string, missing?: 'must be there'): Promise<Pick<Seen, 'sites'> | { problem: string }> {
  try {
    return parseSeen(await readRegular(file, mostBytes)) ?? { problem: 'is damaged' }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return isMissing && missing === undefined ? { sites: {} } : { problem: reasonOf(error) }
  }
}

function parseSeen(bytes: Uint8Array): Seen | undefined {
  try {
    return Seen.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    return undefined
  }
}
