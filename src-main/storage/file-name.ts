import { profileEnding } from './profile-files.ts'

/** Names Windows keeps for devices, whatever follows the dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)$/

/**
 * A file name for a site of this name that every system takes: small letters, digits and hyphens only
 * (security.md 7 F103).
 */
export function fileNameFor(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return `${plain === '' || device.test(plain) ? `site-${plain}`.replace(/-$/, '') : plain}${profileEnding}`
}
