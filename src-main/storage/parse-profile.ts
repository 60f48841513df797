import { parseOrigin } from './origin.ts'
import { SiteProfile } from './profile.ts'

/** What a file held: a profile, or a sentence about it. `isDamaged`: no longer JSON at all, so a backup may replace it. */
export type Parsed = { profile: SiteProfile } | { problem: string; isDamaged: boolean }

/** Limits of one profile file; a real one has a few kilobytes and a depth of four (security.md 3.1). */
export const profileLimits = { bytes: 262_144, depth: 16 }

/** A word in a key that says its value is a secret. */
const secretWord = /pass|secret|token|credential|private|api.?key|cookie|authorization/i
/** A value that is one, whatever its key: a private key, a signed token, a URL with a user in it. */
const secretShape = /PRIVATE KEY|eyJ[\w-]{8,}\.[\w-]+\.|:\/\/[^/\s]*@/

/** Reads the bytes of a profile file. Never echoes a value: a secret typed into the wrong place must not reach a screen. */
export function parseProfile(bytes: Uint8Array): Parsed {
  if (bytes.length === 0) return damaged('is empty')
  const text = decode(bytes)
  if (text === undefined) return damaged('is not UTF-8 text')
  const json = parseJson(text)
  if (json === undefined) return damaged('is not JSON')

  const oddity = oddityOf(json)
  if (oddity) return { problem: oddity, isDamaged: false }
  if (isNewer(json)) return { problem: 'is of a newer version than this program knows', isDamaged: false }

  const checked = SiteProfile.safeParse(json)
  if (checked.success) return { profile: checked.data }
  return { problem: checked.error.issues.slice(0, 3).map(inWords).join('; '), isDamaged: false }
}

const damaged = (problem: string): Parsed => ({ problem, isDamaged: true })

function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes) // swallows a byte order mark
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * What no profile may hold, in words: secrets, forbidden keys, depth. Walks without recursion, because a schema would
 * overflow the stack on a deep file.
 */
export function oddityOf(json: unknown): string | undefined {
  const open: { value: unknown; depth: number }[] = [{ value: json, depth: 0 }]
  for (let part = open.pop(); part; part = open.pop()) {
    const { value, depth } = part
    if (typeof value === 'string' && secretShape.test(value)) return 'holds a secret; profiles must not'
    if (typeof value !== 'object' || value === null) continue
    if (depth >= profileLimits.depth) return 'is nested too deeply'
    for (const [key, inner] of Object.entries(value)) {
      // A server may be called passau or token: addresses are keys too.
      if (secretWord.test(key) && !parseOrigin(key)) return 'holds a key named like a secret; profiles must not'
      if (secretShape.test(key)) return 'holds a secret; profiles must not'
      if (key === '__proto__' || key === 'constructor') return 'holds a forbidden key'
      open.push({ value: inner, depth: depth + 1 })
    }
  }
  return undefined
}

const isNewer = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'version' in json && typeof json.version === 'number' && json.version > 1

/** The place and what is wrong with it. Keys an administrator chose are shown only where they are harmless and short. */
function inWords({ path, message }: { path: PropertyKey[]; message: string }): string {
  const place = path.map((key) => String(key).slice(0, 60)).join(' > ')
  return `${place || 'the whole'}: ${message.slice(0, 160)}`
}
