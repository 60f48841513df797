import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareProfiles } from '../../../src-main/storage/compare-profiles.ts'
import { readImport, type Imported } from '../../../src-main/storage/read-import.ts'
import { makeIdentity } from '../../simulator/http/certificate.ts'
import { north, origin, otherPin, pin, pinnedTo, profileOf } from './support.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'import-'))))
afterEach(() => rmSync(folder, { recursive: true }))
const read = (text: string | Uint8Array, name = '.env'): Promise<Imported> => {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return readImport(file)
}
const problemOf = (text: string | Uint8Array, name?: string): Promise<unknown> =>
  read(text, name).then(
    () => 'none',
    (error: unknown) => (error as { failure: unknown }).failure,
  )
const base = 'MILESTONE_BASE_URL=https://vms.example\n'

describe('the .env of an older client', () => {
  it('gives a site, its recording and its cameras, and the password apart', async () => {
    const text = [
      '# the control room',
      'export MILESTONE_BASE_URL="https://VMS.example/api/rest/v1"',
      'MILESTONE_USERNAME=operator',
      "MILESTONE_PASSWORD='hunter2 # with a hash'",
      'MILESTONE_TOKEN_ENDPOINT=https://idp.example/IDP/connect/token',
      'MILESTONE_CAMERAS_ENDPOINT=/api/rest/v1/cameras',
      'MILESTONE_EVENTS_ENDPOINT=https://vms.example:443/api/rest/v1/events',
      'RECORDING_DEFAULT_DURATION=600',
      'RECORDING_MAX_DURATION=3600',
      'RECORDING_MIN_DURATION=30',
      'CAMERA_10_ID=ABCDEF01-2345-4789-8BCD-EF0123456789',
      'CAMERA_2_ID={abcdef01-2345-4789-8bcd-ef0123456702}',
    ].join('\r\n')
    expect(await read(text)).toEqual({
      kind: 'env',
      fields: {
        gateway: ['https://vms.example'],
        idp: 'https://idp.example',
        user: 'operator',
        recording: { defaultSeconds: 600, maxSeconds: 3_600, minSeconds: 30 },
        tray: { cameras: ['abcdef01-2345-4789-8bcd-ef0123456702', 'abcdef01-2345-4789-8bcd-ef0123456789'] },
      },
      password: 'hunter2 # with a hash',
      warnings: [],
    })
  })

  it('names what it leaves out and repeats no value', async () => {
    const imported = await read(
      `${base}DATABASE_URL=postgres://root:hunter2@db\nCAMERA_1_ID=hunter2\nCAMERA_1_NAME=hunter2\nMILESTONE_X_ENDPOINT=https://hunter2.example/x\n`,
    )
    expect(imported).toMatchObject({
      fields: { gateway: ['https://vms.example'] },
      password: null,
      warnings: [
        'MILESTONE_X_ENDPOINT names another server; it is not used',
        'CAMERA_1_ID is not the guid of a camera; it is left out',
        'CAMERA_1_NAME is not known and was left out',
        'DATABASE_URL is not known and was left out',
      ],
    })
    expect(JSON.stringify(imported)).not.toContain('hunter2')
  })

  it('asks for tokens at the gateway where the endpoint is there, by path or by address', async () => {
    for (const endpoint of ['/API/IDP/connect/token', 'https://vms.example/API/IDP/connect/token'])
      expect(await read(`${base}MILESTONE_TOKEN_ENDPOINT=${endpoint}`)).toMatchObject({
        fields: { gateway: ['https://vms.example'] },
      })
  })

  it.each([
    ['no address', 'MILESTONE_USERNAME=hunter2', 'MILESTONE_BASE_URL is missing'],
    [
      'plain HTTP',
      'MILESTONE_BASE_URL=http://hunter2.example',
      'MILESTONE_BASE_URL begins with http://, so a password would travel unprotected; give the https:// address',
    ],
    [
      'a token endpoint over plain HTTP',
      `${base}MILESTONE_TOKEN_ENDPOINT=http://hunter2.example`,
      'MILESTONE_TOKEN_ENDPOINT begins with http://, so a password would travel unprotected; give the https:// address',
    ],
    [
      'a user in the address',
      'MILESTONE_BASE_URL=https://root:hunter2@vms.example',
      'MILESTONE_BASE_URL must be https://host or https://host:port',
    ],
    [
      'a host that is a number',
      'MILESTONE_BASE_URL=https://0x7f.1/',
      'MILESTONE_BASE_URL must be https://host or https://host:port',
    ],
    [
      'a length in words',
      `${base}RECORDING_MAX_DURATION=hunter2`,
      'RECORDING_MAX_DURATION must be a number of seconds',
    ],
  ])('with %s is refused without repeating a value', async (_what, text, problem) => {
    expect(await problemOf(text)).toEqual({ kind: 'bad-file', file: '.env', problem })
  })

  it('is known by its lines, whatever it is called', async () => {
    expect(await read(`\n# settings\n\n${base}`, 'settings.txt')).toMatchObject({ kind: 'env' })
    expect(await read(base, 'site.env.local')).toMatchObject({ kind: 'env' })
  })
})

describe('a file that is neither', () => {
  it.each([
    ['a broken profile', '{"version":1', 'is not JSON'],
    ['an empty file', '', 'is empty'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]), 'is not UTF-8 text'],
    [
      'a secret in a profile',
      JSON.stringify({ password: 'hunter2' }),
      'holds a key named like a secret; profiles must not',
    ],
  ])('as %s is refused by its name', async (_what, text, problem) => {
    expect(await problemOf(text, 'x.watchpost.json')).toEqual({ kind: 'bad-file', file: 'x.watchpost.json', problem })
  })

  it('as an env in another encoding, or something that is no file at all', async () => {
    expect(await problemOf(Buffer.from(base, 'utf16le'))).toMatchObject({ problem: 'MILESTONE_BASE_URL is missing' })
    expect(await problemOf(Buffer.from([0xff, 0xfe]))).toMatchObject({ problem: 'is not UTF-8 text' })
    await expect(readImport(folder)).rejects.toMatchObject({ failure: { kind: 'bad-file', problem: 'is not a file' } })
  })
})

describe('comparing profiles', () => {
  it('marks what decides whom to trust, and says nothing of what stays', () => {
    const before = profileOf(north, 'North', { ...pinnedTo(pin), user: 'operator', recorders: ['https://r.example'] })
    const after = profileOf(north, 'Northgate', {
      trust: { [origin]: { mode: 'pin', pins: [otherPin, pin], next: [pin] } },
      user: 'operator',
      policy: { operatorsMayAddSites: false },
    })
    expect(compareProfiles(before, after)).toEqual([
      { field: 'name', before: 'North', after: 'Northgate', isPin: false },
      { field: `trust.${origin}.pins`, before: pin, after: `${otherPin}\n${pin}`, isPin: true },
      { field: `trust.${origin}.next`, before: '', after: pin, isPin: true },
      { field: 'policy.operatorsMayAddSites', before: '', after: 'false', isPin: false },
      { field: 'recorders', before: 'https://r.example', after: '', isPin: false },
    ])
    expect(compareProfiles(after, after)).toEqual([])
  })

  it('shows an authority by name and fingerprint, never as PEM', async () => {
    const { certificatePem, sha256 } = await makeIdentity({ keyType: 'ec', commonName: 'Private authority' })
    const after = profileOf(north, 'North', { trust: { [origin]: { mode: 'ca', ca: [certificatePem] } } })
    expect(compareProfiles(undefined, after).find(({ field }) => field.endsWith('.ca'))).toEqual({
      field: `trust.${origin}.ca`,
      before: '',
      after: `CN=Private authority (${sha256})`,
      isPin: true,
    })
  })
})
