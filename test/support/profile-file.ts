import { writeFileSync } from 'node:fs'
import path from 'node:path'

/** The site of the demo and of the tests, always the same one. */
export const demoSiteId = '0d5c7a52-5e7e-4b7a-9c36-3a1f6f0f5d01'

export interface ProfileWish {
  gateway: string
  /** Left out: the profile has no pin yet. */
  sha256?: string | undefined
  user?: string
  rows?: number
  columns?: number
  name?: string
  id?: string
  /** Whatever else the file says, in its own words; it wins over the above. */
  fields?: Record<string, unknown>
}

/** What a profile says of servers that are to show just these certificates. */
export const pinned = (servers: { origin: string; sha256: string }[]) =>
  Object.fromEntries(servers.map(({ origin, sha256 }) => [origin, { mode: 'pin', pins: [sha256] }]))

/** Writes a site profile as an administrator would, and says where it lies. */
export function writeProfile(folder: string, wish: ProfileWish): string {
  const trust = wish.sha256 && { [wish.gateway]: { mode: 'pin', pins: [wish.sha256] } }
  const profile = {
    version: 1,
    id: wish.id ?? demoSiteId,
    name: wish.name ?? 'Northgate Works',
    gateway: [wish.gateway],
    ...(trust && { trust }),
    ...(wish.user && { user: wish.user }),
    ...(wish.rows && wish.columns && { view: { rows: wish.rows, columns: wish.columns, cameras: 'first' } }),
    ...wish.fields,
  }
  const file = path.join(folder, `${wish.name ?? 'hq'}.watchpost.json`)
  writeFileSync(file, JSON.stringify(profile, null, 2))
  return file
}
