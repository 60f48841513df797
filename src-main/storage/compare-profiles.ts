import { X509Certificate } from 'node:crypto'
import type { ProfileChange } from '../../src-preload/contract/models/profile.ts'
import type { SiteProfile } from './profile.ts'

/** What differs between a profile and the one that takes its place, in the order of the file; all of it where none was. */
export function compareProfiles(before: SiteProfile | undefined, after: SiteProfile): ProfileChange[] {
  const old = flat(before)
  const fresh = flat(after)
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((field) => ({
      field,
      before: old.get(field) ?? '',
      after: fresh.get(field) ?? '',
      isPin: field.startsWith('trust.'),
    }))
    .filter((change) => change.before !== change.after)
}

/** Places of the file and what stands there. Lists are one place, so that a changed order is one change. */
function flat(profile: SiteProfile | undefined): Map<string, string> {
  const lines = new Map<string, string>()
  const walk = (value: unknown, at: string): void => {
    if (value === undefined) return
    if (Array.isArray(value)) return void lines.set(at, value.map(text).join('\n'))
    if (typeof value !== 'object' || value === null) return void lines.set(at, text(value))
    for (const [key, inner] of Object.entries(value)) walk(inner, at === '' ? key : `${at}.${key}`)
  }
  walk({ ...profile, $schema: undefined, version: undefined, id: undefined }, '')
  return lines
}

function text(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return value.startsWith('-----BEGIN') ? authority(value) : value
}

/** An authority by its name and fingerprint: nobody compares PEM. */
function authority(pem: string): string {
  const { subject, fingerprint256 } = new X509Certificate(pem)
  return `${subject.replace(/\s+/g, ' ').slice(0, 200)} (${fingerprint256.replace(/:/g, '').toLowerCase()})`
}
