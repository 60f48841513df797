import { randomBytes, randomInt, randomUUID } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const letters = (count: number): string => Array.from({ length: count }, () => LETTERS[randomInt(26)]!).join('')

/** Names and secrets of one session, in the real server's shape: 4 and 24 upper case letters [V REAL]. */
export function newIdentity(): { sessionId: number; cname: string; iceUfrag: string; icePwd: string } {
  return { sessionId: randomInt(10_000, 2 ** 31), cname: randomUUID(), iceUfrag: letters(4), icePwd: letters(24) }
}

/** A fingerprint that belongs to no certificate. */
export function nobodysFingerprint(): string {
  const bytes = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
  return `sha-256 ${bytes.join(':')}`
}
