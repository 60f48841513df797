import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOrigin } from '../../../src-main/storage/origin.ts'
import { parseProfile } from '../../../src-main/storage/parse-profile.ts'

const pin = 'ab'.repeat(32)
const good = {
  $schema: './profile.schema.json',
  version: 1,
  id: '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01',
  name: 'Harbour, north gate',
  gateway: ['https://gateway.example:8443', 'https://spare.example'],
  idp: 'https://idp.example',
  trust: { 'https://gateway.example:8443': { mode: 'pin', pins: [pin], next: ['cd'.repeat(32)] } },
  user: 'operator',
  view: { rows: 3, columns: 3, cameras: 'first' },
}
const parse = (json: unknown): ReturnType<typeof parseProfile> => parseText(JSON.stringify(json))
const parseText = (text: string): ReturnType<typeof parseProfile> => parseProfile(Buffer.from(text))
const problemOf = (json: unknown): string => {
  const parsed = parse(json)
  return 'problem' in parsed ? parsed.problem : 'none'
}

describe('a profile file', () => {
  it('says what it says', () => expect(parse(good)).toEqual({ profile: good }))

  it('needs no more than a version, an id, a name and a gateway', () => {
    const { version, id, name, gateway } = good
    expect(parse({ version, id, name, gateway })).toEqual({ profile: { version, id, name, gateway, trust: {} } })
  })

  it('may begin with a byte order mark', () =>
    expect(parseText(`\ufeff${JSON.stringify(good)}`)).toEqual({ profile: good }))

  it('may give addresses, fingerprints and guids as people and tools write them', () => {
    const colons = pin.toUpperCase().replace(/..(?=.)/g, '$&:')
    const camera = 'ABCDEF01-2345-F789-0BCD-EF0123456789'
    const view = { rows: 1, columns: 1, cameras: [camera] }
    const typed = {
      ...good,
      view,
      gateway: ['HTTPS://Gateway.Example:8443/', 'https://spare.example:443'],
      trust: { 'https://GATEWAY.example:8443/': { mode: 'pin', pins: [` ${colons} `], next: ['cd '.repeat(32)] } },
    }
    expect(parse(typed)).toEqual({ profile: { ...good, view: { ...view, cameras: [camera.toLowerCase()] } } })
  })

  it.each([
    ['empty', Buffer.alloc(0), 'is empty'],
    ['filled with zeros', Buffer.alloc(200), 'is not UTF-8 text'],
    ['of UTF-16', Buffer.from(`\ufeff${JSON.stringify(good)}`, 'utf16le'), 'is not UTF-8 text'],
    ['of random bytes', Buffer.from([0xc3, 0x28, 0xff]), 'is not UTF-8 text'],
    ['HTML', Buffer.from('<html>'), 'is not JSON'],
  ])('that is %s is damaged', (_what, bytes, problem) => {
    expect(parseProfile(bytes)).toEqual({ problem, isDamaged: true })
  })

  it('cut off anywhere is damaged', () => {
    const text = JSON.stringify(good)
    const verdicts = Array.from({ length: text.length - 1 }, (_, end) => parseText(text.slice(0, end + 1)))
    expect(verdicts.every((verdict) => 'isDamaged' in verdict && verdict.isDamaged)).toBe(true)
  })

  it.each([
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['another version', { ...good, version: 0 }],
    ['an unknown key', { ...good, extra: 1 }],
    ['an id that is none', { ...good, id: '../../etc' }],
    ['an empty name', { ...good, name: '  ' }],
    ['a name of two lines', { ...good, name: 'a\nb' }],
    ['a name that turns round', { ...good, name: 'a\u202eb' }],
    ['a name of half a pair', { ...good, name: 'a\ud800' }],
    ['a long name', { ...good, name: 'x'.repeat(101) }],
    ['no gateway', { ...good, gateway: [] }],
    ['a gateway that is a text', { ...good, gateway: 'https://gateway.example' }],
    ['too many gateways', { ...good, gateway: new Array<string>(9).fill('https://gateway.example') }],
    ['a pin of 63 digits', withPin(pin.slice(1))],
    ['a pin of 65 digits', withPin(`${pin}a`)],
    ['a pin of zeros', withPin('0'.repeat(64))],
    ['a pin of other letters', withPin('zz'.repeat(32))],
    ['no pin in the list', { ...good, trust: { 'https://gateway.example': { mode: 'pin', pins: [] } } }],
    ['another mode', { ...good, trust: { 'https://gateway.example': { mode: 'any' } } }],
    ['trust for a path', { ...good, trust: { 'https://gateway.example/api': { mode: 'pin', pins: [pin] } } }],
    ['a view without rows', { ...good, view: { rows: 0, columns: 3, cameras: 'first' } }],
    ['a view of a camera that is none', { ...good, view: { rows: 1, columns: 1, cameras: ['x'] } }],
  ])('with %s is set aside but not called damaged', (_what, json) => {
    expect(parse(json)).toEqual({ problem: expect.any(String) as string, isDamaged: false })
  })

  it('may trust a server whose name sounds like a secret', () => {
    const trust = { 'https://token.passau.example': { mode: 'pin', pins: [pin] } }
    expect(parse({ ...good, trust })).toEqual({ profile: { ...good, trust } })
  })

  it('names the place that is wrong', () => {
    expect(problemOf({ ...good, gateway: ['http://gateway.example'] })).toBe(
      'gateway > 0: must be https://host or https://host:port',
    )
  })

  it('of a newer version is not read as if it were an old one', () => {
    expect(problemOf({ ...good, version: 2, shape: 'new' })).toBe('is of a newer version than this program knows')
  })

  it('nested a hundred thousand deep is refused, not recursed into', () => {
    const deep = '['.repeat(1e5) + ']'.repeat(1e5)
    expect(parseText(`{"version":1,"view":${deep}}`)).toEqual({ problem: 'is nested too deeply', isDamaged: false })
  })

  it('cannot reach a prototype', () => {
    expect(parseText('{"__proto__":{"polluted":1}}')).toEqual({ problem: 'holds a forbidden key', isDamaged: false })
    expect(problemOf({ constructor: { prototype: { polluted: 1 } } })).toBe('holds a forbidden key')
    expect({}).not.toHaveProperty('polluted')
  })

  it.each([
    { ...good, password: 'hunter2hunter2' },
    { ...good, trust: { ...good.trust, clientSecret: 'hunter2hunter2' } },
    { ...good, gateway: ['https://root:hunter2hunter2@gateway.example'] },
    { ...good, trust: { 'https://root:hunter2hunter2@gateway.example': { mode: 'pin', pins: [pin] } } },
    { ...good, user: 'eyJhbGciOiJSUzI1NiJ9.hunter2hunter2.x' },
    { ...good, name: '-----BEGIN PRIVATE KEY-----hunter2hunter2' },
    { ...good, id: 'hunter2hunter2' },
    { ...good, user: ['hunter2hunter2'] },
    { ...good, view: 'hunter2hunter2' },
  ])('holding a secret, or one in the wrong place, is refused without repeating it (%#)', (json) => {
    const problem = problemOf(json)
    expect(problem).not.toBe('none')
    expect(problem).not.toContain('hunter2')
  })

  it('of any junk gives a verdict and throws nothing', () => {
    fc.assert(fc.property(fc.json(), (text) => typeof parseText(text) === 'object'))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof parseProfile(bytes) === 'object'))
  })
})

function withPin(text: string): object {
  return { ...good, trust: { 'https://gateway.example': { mode: 'pin', pins: [text] } } }
}

describe('an origin', () => {
  it.each([
    ['https://gateway.example', 'https://gateway.example'],
    ['https://gateway.example/', 'https://gateway.example'],
    ['https://gateway.example:443', 'https://gateway.example'],
    ['HTTPS://GATEWAY.example:8443', 'https://gateway.example:8443'],
    ['https://127.0.0.1:9000', 'https://127.0.0.1:9000'],
    ['https://[::1]:9000', 'https://[::1]:9000'],
    ['https://vms_01.example', 'https://vms_01.example'],
    ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
  ])('%s is taken', (text, origin) => expect(parseOrigin(text)).toBe(origin))

  it.each([
    ...['', 'gateway.example', 'http://gateway.example', 'javascript:alert(1)', 'file:///etc/passwd', 'https://'],
    ...['https://root:pw@gateway.example', 'https://gateway.example/api', 'https://gateway.example?x', 'https://a#b'],
    ...[
      'https://gateway.example:0',
      'https://gateway.example:65536',
      'https://gateway.example:',
      'https://b\u00fccher.example',
    ],
    ...['https://gаteway.example', 'https://gateway.example.', 'https://gateway.example//', ' https://gateway.example'],
    ...['https://0x7f.1', 'https://2130706433', 'https://gateway.example\\@evil.example', `https://${'a'.repeat(400)}`],
  ])('%s is refused', (text) => expect(parseOrigin(text)).toBeUndefined())
})
