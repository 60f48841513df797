import { describe, expect, it } from 'vitest'
import { backwards } from './fake-vault.ts'
import { createVault, type SafeStorageLike, type Vault } from '../../../src-main/storage/vault.ts'

/** Seals by writing the letters backwards, under the prefix of one kind of key. */
class FakeStorage {
  prefix = 'v11'
  isAvailable = true
  isStale = false
  /** So many calls in a row say that it is only a matter of time. */
  shutFor = 0
  error: Error | undefined
  calls = 0

  #turn(): void {
    this.calls++
    if (this.error) throw this.error
    if (this.shutFor-- > 0) throw new Error('Error: safeStorage is temporarily unavailable. Try again.')
  }

  seal(text: string): Buffer {
    this.#turn()
    return Buffer.from(this.prefix + backwards(text))
  }

  unseal(bytes: Buffer): string {
    this.#turn()
    const text = bytes.toString()
    if (!text.startsWith(this.prefix)) throw new Error('Error while decrypting the ciphertext')
    return backwards(text.slice(3))
  }

  /** As Electron 45 has it. */
  get now(): SafeStorageLike {
    return {
      isAsyncEncryptionAvailable: async () => this.isAvailable,
      encryptStringAsync: async (text) => this.seal(text),
      decryptStringAsync: async (bytes) => ({ result: this.unseal(bytes), shouldReEncrypt: this.isStale }),
    }
  }

  /** As Electron 33 has it. */
  get before(): SafeStorageLike {
    return {
      isEncryptionAvailable: () => this.isAvailable,
      encryptString: (text) => this.seal(text),
      decryptString: (bytes) => this.unseal(bytes),
    }
  }
}

const vaultOf = (storage: SafeStorageLike, platform: NodeJS.Platform = 'linux', pauses: number[] = []): Vault =>
  createVault({
    safeStorage: storage,
    platform,
    ready: Promise.resolve(),
    pause: async (ms) => void pauses.push(ms),
  })

describe.each(['now', 'before'] as const)('a vault over safeStorage as it is %s', (which) => {
  it('gives back what was sealed, and the sealed text does not say it', async () => {
    const vault = vaultOf(new FakeStorage()[which])
    const sealed = await vault.seal('canary')
    expect([sealed.tag, Buffer.from(sealed.ciphertextBase64, 'base64').toString(), await vault.open(sealed)]).toEqual([
      'v11',
      'v11yranac',
      { text: 'canary', stale: false },
    ])
  })

  it.each([
    ['v11', { ok: true, tag: 'v11' }],
    ['v12', { ok: true, tag: 'v12' }],
    ['v10', { ok: false, why: 'no-keyring' }],
    ['xyz', { ok: false, why: 'no-keyring' }],
  ])('on Linux trusts what begins with %s so far', async (prefix, trust) => {
    const storage = new FakeStorage()
    storage.prefix = prefix
    const vault = vaultOf(storage[which])
    expect(await vault.trust).toEqual(trust)
    if (!trust.ok) await expect(vault.seal('canary')).rejects.toThrow('no-keyring')
  })

  it.each(['win32', 'darwin'] as const)('on %s trusts the key of the user', async (platform) => {
    const storage = new FakeStorage()
    storage.prefix = 'v10'
    const vault = vaultOf(storage[which], platform)
    expect([await vault.trust, (await vault.seal('x')).tag]).toEqual([{ ok: true, tag: platform }, platform])
  })

  it('trusts nothing where the system says no, or fails', async () => {
    const [no, broken] = [new FakeStorage(), new FakeStorage()]
    no.isAvailable = false
    broken.error = new Error('Error while encrypting the text provided to safeStorage.encryptString.')
    const found = [await vaultOf(no[which]).trust, await vaultOf(broken[which]).trust]
    expect(found).toEqual([
      { ok: false, why: 'unavailable' },
      { ok: false, why: 'unavailable' },
    ])
  })

  it.each([
    ['linux', 'basic_text', 'no-keyring'],
    ['linux', 'gnome_libsecret', 'unavailable'],
    ['win32', 'basic_text', 'unavailable'],
  ] as const)('on %s with the back-end %s, where nothing is available, says %s', async (platform, backend, why) => {
    const storage = new FakeStorage()
    storage.isAvailable = false
    const asked = { ...storage[which], getSelectedStorageBackend: () => backend }
    expect(await vaultOf(asked, platform).trust).toEqual({ ok: false, why })
  })

  it('waits for a keyring that is only being unlocked', async () => {
    const [storage, pauses] = [new FakeStorage(), [] as number[]]
    storage.shutFor = 3
    expect([await vaultOf(storage[which], 'linux', pauses).trust, pauses]).toEqual([
      { ok: true, tag: 'v11' },
      [500, 1000, 2000],
    ])
  })

  it('waits half a minute and no longer, and looks again when it is asked again', async () => {
    const [storage, pauses] = [new FakeStorage(), [] as number[]]
    storage.shutFor = 7
    const vault = vaultOf(storage[which], 'linux', pauses)
    expect([await vault.trust, pauses.reduce((a, b) => a + b), await vault.trust]).toEqual([
      { ok: false, why: 'unavailable' },
      31_500,
      { ok: true, tag: 'v11' },
    ])
  })

  it('hands nothing out once the keyring has gone', async () => {
    const storage = new FakeStorage()
    const vault = vaultOf(storage[which])
    await vault.trust
    storage.prefix = 'v10'
    await expect(vault.seal('canary')).rejects.toThrow('not to be trusted')
    expect(await vault.trust).toEqual({ ok: false, why: 'no-keyring' })
  })

  it('opens nothing that was sealed under another kind of key, and no garbage', async () => {
    const storage = new FakeStorage()
    const vault = vaultOf(storage[which])
    const sealed = await vault.seal('canary')
    const garbage = Buffer.from('garbage').toString('base64')
    await expect(vault.open({ ...sealed, tag: 'v12' })).rejects.toThrow('another kind of key')
    await expect(vault.open({ ...sealed, ciphertextBase64: garbage })).rejects.toThrow('decrypting')
  })
})

it('a key that was changed is told, so that what lies under the old one is sealed anew', async () => {
  const storage = new FakeStorage()
  const vault = vaultOf(storage.now)
  const sealed = await vault.seal('canary')
  storage.isStale = true
  expect(await vault.open(sealed)).toEqual({ text: 'canary', stale: true })
})

it('a system that opens its own canary wrongly is not trusted', async () => {
  const storage = new FakeStorage()
  const lying = { ...storage.before, decryptString: () => 'something else' }
  expect(await vaultOf(lying).trust).toEqual({ ok: false, why: 'unavailable' })
})

it('asks the system nothing before the app is ready, and looks once', async () => {
  const storage = new FakeStorage()
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const vault = createVault({ safeStorage: storage.now, platform: 'linux', ready, pause: async () => undefined })
  const first = vault.trust
  await new Promise(setImmediate)
  const early = storage.calls
  resolve()
  await Promise.all([first, vault.trust])
  expect([early, storage.calls]).toEqual([0, 2])
})
