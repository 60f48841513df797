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
  /** Spoken to directly, each with its pin. */
  recorders?: { origin: string; sha256: string }[]
  /** Cameras to be recorded from the tray. */
  quickCameras?: string[]
}

/** Writes a site profile as an administrator would, and says where it lies. */
export function writeProfile(folder: string, wish: ProfileWish): string {
  const { recorders = [] } = wish
  const pinned = [...(wish.sha256 ? [{ origin: wish.gateway, sha256: wish.sha256 }] : []), ...recorders]
  const trust = Object.fromEntries(pinned.map(({ origin, sha256 }) => [origin, { mode: 'pin', pins: [sha256] }]))
  const profile = {
    version: 1,
    id: wish.id ?? demoSiteId,
    name: wish.name ?? 'Northgate Works',
    gateway: [wish.gateway],
    ...(recorders.length > 0 && { recorders: recorders.map(({ origin }) => origin) }),
    ...(pinned.length > 0 && { trust }),
    ...(wish.user && { user: wish.user }),
    ...(wish.rows && wish.columns && { view: { rows: wish.rows, columns: wish.columns, cameras: 'first' } }),
    ...(wish.quickCameras && { tray: { cameras: wish.quickCameras } }),
  }
  const file = path.join(folder, `${wish.name ?? 'hq'}.watchpost.json`)
  writeFileSync(file, JSON.stringify(profile, null, 2))
  return file
}
