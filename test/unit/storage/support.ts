import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import { createProfileStore, type ProfileStore } from '../../../src-main/storage/profiles.ts'
import type { SiteProfile } from '../../../src-main/storage/profile.ts'
import type { Disk } from '../../../src-main/storage/verified-file.ts'

export const north = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01' as SiteId
export const south = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a02' as SiteId
export const origin = 'https://gateway.example'
export const pin = 'ab'.repeat(32)
export const otherPin = 'cd'.repeat(32)
export const nowMs = Date.UTC(2026, 0, 2)

export const profileOf = (id: SiteId, name: string, more: object = {}): SiteProfile => ({
  version: 1,
  id,
  name,
  gateway: [origin],
  trust: {},
  ...more,
})
export const pinnedTo = (...pins: string[]): object => ({ trust: { [origin]: { mode: 'pin', pins } } })

/** A disk whose free room a test decides. */
export class FakeDisk implements Disk {
  free = 1e9
  freeBytes = async (): Promise<number> => this.free
}

/** A computer's two folders of profiles. */
export interface Folders {
  root: string
  machineFolder: string
  userFolder: string
  disk: FakeDisk
  put: (folder: string, name: string, content: object | string | Uint8Array) => string
  /** A store that has read everything. */
  open: (
    extraFiles?: string[],
    atMs?: number,
  ) => Promise<ProfileStore & { found: Awaited<ReturnType<ProfileStore['readAll']>> }>
  clean: () => void
}

export function makeFolders(): Folders {
  const root = mkdtempSync(path.join(tmpdir(), 'profiles-'))
  const machineFolder = path.join(root, 'machine')
  const userFolder = path.join(root, 'user')
  const disk = new FakeDisk()
  mkdirSync(machineFolder)
  mkdirSync(userFolder)
  return {
    root,
    machineFolder,
    userFolder,
    disk,
    put(folder, name, content) {
      const file = path.join(folder, `${name}.watchpost.json`)
      const isJson = typeof content !== 'string' && !(content instanceof Uint8Array)
      writeFileSync(file, isJson ? JSON.stringify(content) : content)
      return file
    },
    async open(extraFiles = [], atMs = nowMs) {
      const store = createProfileStore({ machineFolder, userFolder, extraFiles }, () => atMs, disk)
      return { ...store, found: await store.readAll() }
    },
    clean: () => rmSync(root, { recursive: true }),
  }
}
