/** What a vault made of a text. The tag names the kind of key it lies under. */
export interface Sealed {
  tag: string
  ciphertextBase64: string
}

/** Whether what is sealed here is safe from whoever reads the disk; `no-keyring`: the key would be one everybody knows. */
export type VaultTrust = { ok: true; tag: string } | { ok: false; why: 'no-keyring' | 'unavailable' }

/** Seals texts under a key the operating system keeps for this user (security.md 3.3). */
export interface Vault {
  /** Throws where sealing is not to be trusted. */
  seal: (text: string) => Promise<Sealed>
  /** `stale`: to be sealed anew, the key has changed. Throws where it cannot be opened, for whatever reason. */
  open: (sealed: Sealed) => Promise<{ text: string; stale: boolean }>
  readonly trust: Promise<VaultTrust>
}

/** Electron's `safeStorage`, as far as it is used. Version 33 has no asynchronous half, version 46 no other. */
export interface SafeStorageLike {
  isEncryptionAvailable?: () => boolean
  /** Linux alone. `basic_text`: there is no keyring, and version 33 then says that nothing is available [S]. */
  getSelectedStorageBackend?: () => string
  encryptString?: (text: string) => Buffer
  decryptString?: (sealed: Buffer) => string
  isAsyncEncryptionAvailable?: () => Promise<boolean>
  encryptStringAsync?: (text: string) => Promise<Buffer>
  decryptStringAsync?: (sealed: Buffer) => Promise<{ result: string; shouldReEncrypt: boolean }>
}

interface Needs {
  safeStorage: SafeStorageLike
  platform: NodeJS.Platform
  /** Before that nothing may be asked of it. */
  ready: Promise<unknown>
  pause: (ms: number) => Promise<void>
}

/** Half a minute in all: a keyring that is being unlocked as the desktop starts needs a moment. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 16_000]
/** Long enough that no key stream is guessed from it, and says nothing. */
const CANARY = 'watchpost canary, not a secret'
/**
 * First bytes of what Linux seals: `v11` Secret Service or KWallet, `v12` the Secret portal. `v10` is a key that stands
 * in Chromium's source, and is taken without a word where there is no keyring (security.md 3.3 [S]).
 */
const TRUSTED_ON_LINUX = new Set(['v11', 'v12'])

export function createVault(needs: Needs): Vault {
  let known: Promise<VaultTrust> | undefined

  /** What was found out holds, save that something is missing: a keyring may be unlocked later. */
  function trust(): Promise<VaultTrust> {
    known ??= examine(needs).then((found) => {
      if (!found.ok && found.why === 'unavailable') known = undefined
      return found
    })
    return known
  }

  async function demandTrust(): Promise<string> {
    const found = await trust()
    if (!found.ok) throw new Error(`sealing is not to be trusted: ${found.why}`)
    return found.tag
  }

  return {
    get trust() {
      return trust()
    },
    async seal(text) {
      const tag = await demandTrust()
      const bytes = await patiently(needs, () => encrypt(needs.safeStorage, text))
      // The keyring may have gone since it was looked at: what lies under another key is not handed out.
      if (tagOf(needs.platform, bytes) !== tag) {
        known = undefined
        throw new Error('sealing is not to be trusted any more')
      }
      return { tag, ciphertextBase64: bytes.toString('base64') }
    },
    async open({ tag, ciphertextBase64 }) {
      if ((await demandTrust()) !== tag) throw new Error('it was sealed under another kind of key')
      const bytes = Buffer.from(ciphertextBase64, 'base64')
      return patiently(needs, () => decrypt(needs.safeStorage, bytes))
    },
  }
}

/** Seals a canary and opens it again: what the system says of itself is not enough (security.md 3.3 [S]). */
async function examine(needs: Needs): Promise<VaultTrust> {
  const { safeStorage, platform } = needs
  try {
    await needs.ready
    if (!(await patiently(needs, () => isAvailable(safeStorage)))) {
      const hasKeyring = platform !== 'linux' || safeStorage.getSelectedStorageBackend?.() !== 'basic_text'
      return { ok: false, why: hasKeyring ? 'unavailable' : 'no-keyring' }
    }
    const bytes = await patiently(needs, () => encrypt(safeStorage, CANARY))
    const tag = tagOf(platform, bytes)
    if (tag === undefined) return { ok: false, why: 'no-keyring' }
    const { text } = await patiently(needs, () => decrypt(safeStorage, bytes))
    return text === CANARY ? { ok: true, tag } : { ok: false, why: 'unavailable' }
  } catch {
    return { ok: false, why: 'unavailable' }
  }
}

/** Windows and macOS seal under a key of the user's own; what Linux did shows in the first bytes. */
function tagOf(platform: NodeJS.Platform, bytes: Buffer): string | undefined {
  if (platform !== 'linux') return platform
  const prefix = bytes.subarray(0, 3).toString('latin1')
  return TRUSTED_ON_LINUX.has(prefix) ? prefix : undefined
}

/** Again and again while the system says that it is only a matter of time. */
async function patiently<T>({ pause }: Needs, ask: () => Promise<T>): Promise<T> {
  for (const ms of PAUSES_MS) {
    try {
      return await ask()
    } catch (error) {
      if (!/temporarily unavailable/i.test(error instanceof Error ? error.message : '')) throw error
      await pause(ms)
    }
  }
  return ask()
}

async function isAvailable(storage: SafeStorageLike): Promise<boolean> {
  if (storage.isAsyncEncryptionAvailable) return storage.isAsyncEncryptionAvailable()
  return storage.isEncryptionAvailable?.() ?? false
}

async function encrypt(storage: SafeStorageLike, text: string): Promise<Buffer> {
  if (storage.encryptStringAsync) return storage.encryptStringAsync(text)
  if (storage.encryptString) return storage.encryptString(text)
  throw new Error('nothing seals here')
}

async function decrypt(storage: SafeStorageLike, bytes: Buffer): Promise<{ text: string; stale: boolean }> {
  if (storage.decryptStringAsync) {
    const { result, shouldReEncrypt } = await storage.decryptStringAsync(bytes)
    return { text: result, stale: shouldReEncrypt }
  }
  if (storage.decryptString) return { text: storage.decryptString(bytes), stale: false }
  throw new Error('nothing is opened here')
}
