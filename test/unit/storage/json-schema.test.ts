import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { profileJsonSchema } from '../../../src-main/storage/json-schema.ts'
import { parseProfile } from '../../../src-main/storage/parse-profile.ts'
import { makeAuthority } from '../../simulator/http/certificate.ts'

const file = new URL('../../../build/watchpost-site.schema.json', import.meta.url)
const shipped = JSON.parse(readFileSync(file, 'utf8')) as { $defs: Record<string, { pattern: string }> }
const pin = 'ab'.repeat(32)
const camera = 'ABCDEF01-2345-F789-0BCD-EF0123456789'
const gateway = 'https://gateway.example:8443'
const least = { version: 1, id: '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01', name: 'North', gateway: [gateway] }

/** What an editor that knows the draft would say. Patterns say what the formats do, and more. */
const editorAccepts = new Ajv2020({ validateFormats: false }).compile(shipped)
const weAccept = (json: unknown): boolean => 'profile' in parseProfile(Buffer.from(JSON.stringify(json)))

let pem: string
beforeAll(async () => {
  pem = (await makeAuthority('ec', 'Works authority')).certificatePem
})

it('the published schema is the one of the program: `npm run schema` was run', () => {
  expect(shipped).toEqual(JSON.parse(JSON.stringify(profileJsonSchema())))
})

it('every field is explained to whoever writes one', () => {
  const unsaid: string[] = []
  walk(shipped, '')
  expect(unsaid).toEqual([])

  function walk(node: object, at: string): void {
    const { properties = {} } = node as { properties?: Record<string, { description?: string; $ref?: string }> }
    for (const [name, field] of Object.entries(properties))
      if (field.description === undefined && field.$ref === undefined) unsaid.push(`${at}.${name}`)
    for (const [key, inner] of Object.entries(node))
      if (typeof inner === 'object' && inner !== null) walk(inner as object, `${at}.${key}`)
  }
})

describe('an editor with the schema and the program agree', () => {
  const full = (): object => ({
    ...least,
    $schema: './watchpost-site.schema.json',
    idp: 'https://10.0.0.7',
    recorders: ['https://recorder-1.example:7563', 'https://[2001:db8::7]:7563'],
    trust: {
      [gateway]: {
        mode: 'pin',
        pins: [pin.toUpperCase().replace(/..(?=.)/g, '$&:')],
        next: ['cd '.repeat(32).trim()],
        allowExpired: true,
        replaced: [{ pin, until: '2026-02-01T00:00:00.000Z' }],
      },
      'https://10.0.0.7': { mode: 'ca', ca: [pem] },
      'https://recorder-1.example:7563': { mode: 'system' },
    },
    singleShotPath: '/api/rest/v1/webrtc/signaling',
    signIn: { kind: 'windows', client: 'GrantValidatorClient' },
    user: 'operator',
    view: { rows: 2, columns: 2, cameras: [camera] },
    recording: { method: 'event', defaultSeconds: 600, minSeconds: 30, maxSeconds: 3_600 },
    tray: { cameras: [camera.toLowerCase()] },
    policy: { operatorsMayAddSites: false, staySignedIn: 'never' },
  })

  it('on a profile with everything in it', () => {
    expect([editorAccepts(full()), editorAccepts.errors, weAccept(full())]).toEqual([true, null, true])
  })

  it('on the profile README shows', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
    const shown = JSON.parse(/```json\n([\s\S]+?)```/.exec(readme)?.[1] ?? 'null') as unknown
    expect([editorAccepts(shown), editorAccepts.errors, weAccept(shown)]).toEqual([true, null, true])
  })

  it.each<[string, object]>([
    ['the least there can be', {}],
    ['settings without a word in them', { signIn: {}, recording: {}, policy: {} }],
    ['a view of the first cameras', { view: { rows: 8, columns: 8, cameras: 'first' } }],
    ['a name of 100 characters, some beyond the first plane', { name: '\u{1f6a2}'.repeat(100) }],
    ['eight gateways', { gateway: Array.from({ length: 8 }, (_, number) => `https://g${number}.example`) }],
  ])('on %s', (_what, change) => {
    expect([editorAccepts({ ...least, ...change }), weAccept({ ...least, ...change })]).toEqual([true, true])
  })

  it.each<[string, object]>([
    ['no name', { name: undefined }],
    ['a blank name', { name: '  ' }],
    ['a name that turns the line', { name: 'North\u202e' }],
    ['a name of 101 characters', { name: 'n'.repeat(101) }],
    ['no gateway', { gateway: [] }],
    ['plain HTTP', { gateway: ['http://gateway.example'] }],
    ['a path behind the address', { gateway: ['https://gateway.example/api'] }],
    ['a port too high', { gateway: ['https://gateway.example:65536'] }],
    ['an octet too high', { gateway: ['https://10.0.0.256'] }],
    ['a number for an address', { gateway: ['https://2130706433'] }],
    ['two gaps in an address', { gateway: ['https://[fd00::1::2]'] }],
    ['a pin too short', { trust: { [gateway]: { mode: 'pin', pins: [pin.slice(1)] } } }],
    ['a pin too long', { trust: { [gateway]: { mode: 'pin', pins: [`${pin}a`] } } }],
    ['a pin of zeros', { trust: { [gateway]: { mode: 'pin', pins: ['00:'.repeat(32)] } } }],
    ['no pin', { trust: { [gateway]: { mode: 'pin', pins: [] } } }],
    ['an unknown way to trust', { trust: { [gateway]: { mode: 'anyone' } } }],
    ['trust in an address that is none', { trust: { gateway: { mode: 'system' } } }],
    ['an authority that is no PEM', { trust: { [gateway]: { mode: 'ca', ca: ['MIIB'] } } }],
    ['another version', { version: 2 }],
    ['an id that is none', { id: 'north' }],
    ['a camera that is none', { tray: { cameras: ['Lobby'] } }],
    ['a recording of no time', { recording: { minSeconds: 0 } }],
    ['an unknown way to record', { recording: { method: 'magic' } }],
    ['a policy that is a word', { policy: { operatorsMayAddSites: 'no' } }],
    ['a field nobody knows', { nmae: 'North' }],
  ])('against %s', (_what, change) => {
    expect([editorAccepts({ ...least, ...change }), weAccept({ ...least, ...change })]).toEqual([false, false])
  })

  it('on every address and every pin an editor would let through', () => {
    const address = fc.stringMatching(new RegExp(shipped.$defs.address!.pattern)).filter((text) => !/xn--/i.test(text))
    fc.assert(fc.property(address, (text) => text.length > 300 || weAccept({ ...least, gateway: [text] })))
    const anyPin = fc.stringMatching(/^([0-9A-Fa-f]{2}[: -]?){32}$/).filter((text) => /[^0: -]/.test(text))
    fc.assert(
      fc.property(anyPin, (text) => {
        const json = { ...least, trust: { [gateway]: { mode: 'pin', pins: [text] } } }
        return editorAccepts(json) && weAccept(json)
      }),
    )
  })
})

it('what a schema cannot say is still refused', () => {
  const cases = [
    { ...least, recording: { minSeconds: 1_000 } },
    { ...least, trust: { [gateway]: { mode: 'ca', ca: [pem.replace('MI', 'AA')] } } },
    { ...least, user: 'eyJhbGciOiJSUzI1NiJ9.x.x' },
  ]
  expect(cases.map((json) => [editorAccepts(json), weAccept(json)])).toEqual(cases.map(() => [true, false]))
})
