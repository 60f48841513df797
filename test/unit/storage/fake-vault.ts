import type { Vault, VaultTrust } from '../../../src-main/storage/vault.ts'

/** Enough to hide a text from a search. */
export const backwards = (text: string): string => Array.from(text).reverse().join('')

/** A vault whose moods a test sets. What it seals does not show what is in it. */
export class FakeVault implements Vault {
  tag = 'v11'
  mood: 'fine' | 'no-keyring' | 'unavailable' | 'garbled' = 'fine'
  stale = false
  opened = 0

  get trust(): Promise<VaultTrust> {
    const { mood, tag } = this
    return Promise.resolve(
      mood === 'no-keyring' || mood === 'unavailable' ? { ok: false, why: mood } : { ok: true, tag },
    )
  }

  async seal(text: string): ReturnType<Vault['seal']> {
    if (this.mood !== 'fine') throw new Error(`cannot seal ${text}`)
    return { tag: this.tag, ciphertextBase64: Buffer.from(backwards(text)).toString('base64') }
  }

  async open({ tag, ciphertextBase64 }: Parameters<Vault['open']>[0]): ReturnType<Vault['open']> {
    this.opened++
    if (this.mood !== 'fine' || tag !== this.tag) throw new Error(`cannot open ${ciphertextBase64}`)
    const text = backwards(Buffer.from(ciphertextBase64, 'base64').toString())
    return { text, stale: this.stale }
  }
}
