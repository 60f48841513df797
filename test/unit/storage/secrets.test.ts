import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import { openSecrets, type Secrets } from '../../../src-main/storage/secrets.ts'
import { FakeVault } from './fake-vault.ts'

const [north, south] = ['0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01', '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a02'] as SiteId[]
let folder: string
let file: string
let vault: FakeVault
let lines: string[]

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'))
  file = path.join(folder, 'secrets.json')
  vault = new FakeVault()
  lines = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (freeBytes = 1e9): Promise<Secrets> =>
  openSecrets({
    file,
    vault,
    now: () => Date.UTC(2026, 0, 5),
    warn: (line) => void lines.push(line),
    disk: { freeBytes: async () => freeBytes },
  })
const written = (): string => readFileSync(file, 'utf8')

describe('a secret that is kept', () => {
  it('is there at the next start, one for each site', async () => {
    const before = await open()
    await Promise.all([before.keep(north!, 'anna', 'canary-1'), before.keep(south!, 'bert', 'canary-2')])
    const after = await open()
    expect([await after.open(north!), await after.open(south!)]).toEqual([
      { is: 'open', user: 'anna', text: 'canary-1' },
      { is: 'open', user: 'bert', text: 'canary-2' },
    ])
  })

  it('lies sealed in a file of this user alone, with no copy beside it', async () => {
    const secrets = await open()
    await secrets.keep(north!, 'anna', 'canary-1')
    await secrets.keep(north!, 'anna', 'canary-2')
    expect([written().includes('canary'), statSync(file).mode & 0o777, readdirSync(folder)]).toEqual([
      false,
      0o600,
      ['secrets.json'],
    ])
    expect(Object.keys((JSON.parse(written()) as { sites: Record<string, object> }).sites[north!]!)).toEqual([
      'tag',
      'ciphertextBase64',
      'user',
      'createdAt',
    ])
  })

  it('is gone when it is to be forgotten, the others stay', async () => {
    const secrets = await open()
    await secrets.keep(north!, 'anna', 'one')
    await secrets.keep(south!, 'bert', 'two')
    await secrets.forget(north!)
    const after = await open()
    expect([after.has(north!), after.has(south!), await after.open(north!)]).toEqual([false, true, { is: 'none' }])
  })

  it('and forgotten before it is written is forgotten', async () => {
    const secrets = await open()
    await Promise.all([secrets.keep(north!, 'anna', 'one'), secrets.forget(north!)])
    expect((await open()).has(north!)).toBe(false)
  })

  it('under a key that was changed is sealed anew', async () => {
    const secrets = await open()
    await secrets.keep(north!, 'anna', 'one')
    vault.stale = true
    const before = statSync(file).ino
    await secrets.open(north!)
    await vi.waitFor(() => expect(statSync(file).ino).not.toBe(before))
    vault.stale = false
    expect(await (await open()).open(north!)).toEqual({ is: 'open', user: 'anna', text: 'one' })
  })
})

describe('a vault that does not open', () => {
  it.each<[string, (vault: FakeVault) => void]>([
    ['because it is unavailable', (vault) => (vault.mood = 'unavailable')],
    ['because the keyring is gone', (vault) => (vault.mood = 'no-keyring')],
    ['because its kind changed', (vault) => (vault.tag = 'v12')],
    ['because it gives back nonsense', (vault) => (vault.mood = 'garbled')],
  ])('%s costs nothing: the record stays and opens again later', async (_why, spoil) => {
    await (await open()).keep(north!, 'anna', 'canary')
    const before = written()
    spoil(vault)
    const secrets = await open()
    const shut = await secrets.open(north!)
    const after = written()
    Object.assign(vault, { mood: 'fine', tag: 'v11' })
    expect([shut, after === before, await secrets.open(north!)]).toEqual([
      { is: 'shut', user: 'anna' },
      true,
      { is: 'open', user: 'anna', text: 'canary' },
    ])
    // Neither the secret nor what it was sealed into, which the fake's errors quote.
    expect(lines.join('\n')).not.toMatch(/canary|yranac|cannot/)
    expect(lines.length).toBe(1)
  })

  it('keeps what was there when a new one cannot be sealed, or written', async () => {
    const secrets = await open()
    await secrets.keep(north!, 'anna', 'one')
    vault.mood = 'unavailable'
    await expect(secrets.keep(north!, 'anna', 'two')).rejects.toThrow()
    vault.mood = 'fine'
    await expect((await open(0)).keep(north!, 'anna', 'three')).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
    expect(await (await open()).open(north!)).toEqual({ is: 'open', user: 'anna', text: 'one' })
  })
})

describe('a file of secrets that makes no sense', () => {
  it.each(['', '{', '[]', 'null', '{"version":2,"sites":{}}', '\0\0\0', 'secret-canary'])(
    'counts as empty, and is kept aside: %j',
    async (text) => {
      writeFileSync(file, text)
      const secrets = await open()
      expect([secrets.has(north!), await secrets.open(north!), written()]).toEqual([false, { is: 'none' }, text])
      await secrets.keep(north!, 'anna', 'one')
      const aside = readdirSync(folder).find((name) => name.includes('.corrupt-'))!
      expect(readFileSync(path.join(folder, aside), 'utf8')).toBe(text)
      expect([(await open()).has(north!), lines.length, lines.join().includes('canary')]).toEqual([true, 1, false])
    },
  )

  it('in one record costs that site alone, and the record stays as it is', async () => {
    await (await open()).keep(north!, 'anna', 'one')
    const broken = JSON.parse(written()) as { sites: Record<string, unknown> }
    broken.sites[south!] = { tag: 7, of: 'a newer program' }
    writeFileSync(file, JSON.stringify(broken))
    const secrets = await open()
    await secrets.keep(north!, 'anna', 'two')
    expect([await secrets.open(north!), await secrets.open(south!)]).toEqual([
      { is: 'open', user: 'anna', text: 'two' },
      { is: 'none' },
    ])
    expect((JSON.parse(written()) as typeof broken).sites[south!]).toEqual({ tag: 7, of: 'a newer program' })
  })
})
