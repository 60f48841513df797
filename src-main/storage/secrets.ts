import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { z } from 'zod'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Vault, VaultTrust } from './vault.ts'
import { readRegular, realDisk, writeVerified, type Disk } from './verified-file.ts'

/** What lies sealed for one site. */
const KeptRecord = z.object({
  tag: z.string().min(1).max(40),
  ciphertextBase64: z.base64().max(65_536),
  user: z.string().min(1).max(256),
  createdAt: z.iso.datetime(),
})
type Kept = z.infer<typeof KeptRecord>

const File = z.object({ version: z.literal(1), sites: z.record(z.string(), z.unknown()) })

/** What opening a record came to. One that cannot be opened stays where it is: the reason may pass (security.md 3.3). */
export type OpenedSecret = { is: 'none' } | { is: 'shut'; user: string } | { is: 'open'; user: string; text: string }

/**
 * Sealed secrets by site, in a file of their own that only this user may read (security.md 3.2). The file has no
 * backups: what a person had removed must not lie on in one.
 */
export interface Secrets {
  readonly trust: Promise<VaultTrust>
  has: (id: SiteId) => boolean
  /** Never rejects: whatever goes wrong means that a person has to sign in. */
  open: (id: SiteId) => Promise<OpenedSecret>
  /** Throws where it cannot be sealed, or AppError bad-file where it cannot be written; what was there stays. */
  keep: (id: SiteId, user: string, text: string) => Promise<void>
  /** Throws AppError bad-file where the file cannot be written. */
  forget: (id: SiteId) => Promise<void>
}

/** Where there is nothing to seal with: nobody stays signed in. */
export const noSecrets: Secrets = {
  trust: Promise.resolve({ ok: false, why: 'unavailable' }),
  has: () => false,
  open: () => Promise.resolve({ is: 'none' }),
  keep: () => Promise.reject(new Error('nothing seals here')),
  forget: () => Promise.resolve(),
}

interface Needs {
  file: string
  vault: Vault
  now: () => number
  warn: (line: string) => void
  disk?: Disk
}

const mostBytes = 4_194_304

/** Reads the file. One that makes no sense counts as empty, and is kept aside before anything takes its place. */
export async function openSecrets({ file, vault, now, warn, disk = realDisk }: Needs): Promise<Secrets> {
  const read = await readFile(file)
  let isDamaged = read === 'damaged'
  if (isDamaged) warn('the file of sealed secrets makes no sense; whoever stayed signed in has to sign in again')
  /** Also what we cannot read: a newer program may have written it. */
  let sites: Record<string, unknown> = read === 'damaged' ? {} : read
  let lastWrite: Promise<unknown> = Promise.resolve()

  const kept = (id: SiteId): Kept | undefined => KeptRecord.safeParse(sites[id]).data

  async function write(next: Record<string, unknown>): Promise<void> {
    if (isDamaged) await copyFile(file, `${file}.corrupt-${now()}`, constants.COPYFILE_EXCL)
    isDamaged = false
    await writeVerified(file, `${JSON.stringify({ version: 1, sites: next }, null, 2)}\n`, disk, () => false)
    sites = next
  }

  /** One writer at a time, in the order of the wishes. */
  function inTurn(change: () => Promise<void>): Promise<void> {
    const done = lastWrite.then(change)
    lastWrite = done.catch(() => undefined) // the caller hears of it
    return done
  }

  const keep = (id: SiteId, user: string, text: string): Promise<void> =>
    inTurn(async () => {
      const sealed = await vault.seal(text)
      const record: Kept = { ...sealed, user, createdAt: new Date(now()).toISOString() }
      await write({ ...sites, [id]: record })
    })

  return {
    get trust() {
      return vault.trust
    },
    has: (id) => kept(id) !== undefined,
    async open(id) {
      await lastWrite
      const record = kept(id)
      if (!record) return { is: 'none' }
      const { user } = record
      try {
        const { text, stale } = await vault.open(record)
        if (stale) keep(id, user, text).catch(() => warn('a secret was not sealed anew')) // the old one still opens
        return { is: 'open', user, text }
      } catch {
        // Neither the reason's words nor the ciphertext belong into a log.
        warn('a sealed secret does not open; it is kept, and a person has to sign in')
        return { is: 'shut', user }
      }
    },
    keep,
    forget: (id) =>
      inTurn(async () => {
        if (!(id in sites)) return
        await write(Object.fromEntries(Object.entries(sites).filter(([other]) => other !== id)))
      }),
  }
}

async function readFile(file: string): Promise<Record<string, unknown> | 'damaged'> {
  try {
    const bytes = await readRegular(file, mostBytes)
    return File.parse(JSON.parse(bytes.toString())).sites
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : 'damaged'
  }
}
