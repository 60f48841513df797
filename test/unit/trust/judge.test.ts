import type { X509Certificate } from 'node:crypto'
import { X509Certificate as Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fingerprintOf, type Handshake, isNamed, judge } from '../../../src-main/trust/judge.ts'
import type { AgreedTrust } from '../../../src-main/trust/types.ts'
import { identity } from './support/certificates.ts'

const dayMs = 86_400_000
const good: Handshake = { reused: false, protocol: 'TLSv1.3', authorized: false }
const vouched: Handshake = { ...good, authorized: true }
let certificate: X509Certificate
let pinned: Extract<AgreedTrust, { mode: 'pin' }>

beforeAll(async () => {
  const made = await identity()
  certificate = new Certificate(made.cert)
  pinned = { mode: 'pin', pins: [made.fingerprint], nextPins: [] }
})

/** The verdict's code, or `fine`. */
function verdict(
  change: {
    certificate?: X509Certificate | null
    handshake?: Handshake
    trust?: AgreedTrust
    host?: string
    now?: number
  } = {},
): string {
  const shown = change.certificate === null ? undefined : (change.certificate ?? certificate)
  const { handshake = good, trust = pinned, host = '127.0.0.1', now = Date.now() } = change
  return judge(shown, handshake, trust, host, now)?.code ?? 'fine'
}

/** The same certificate with some of its properties said otherwise. */
const pretending = (properties: Partial<Record<keyof X509Certificate, unknown>>): X509Certificate =>
  new Proxy(certificate, {
    get(target, name) {
      if (Object.hasOwn(properties, name)) return properties[name as keyof X509Certificate]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value
    },
  })

describe('under a pin', () => {
  it('the agreed certificate is fine under any name', () => {
    expect([verdict(), verdict({ host: 'elsewhere.example' })]).toEqual(['fine', 'fine'])
  })

  it('so is an announced one', () => {
    expect(verdict({ trust: { ...pinned, pins: ['0'.repeat(64)], nextPins: pinned.pins } })).toBe('fine')
  })

  it('any other fingerprint is a mismatch that names both sides', () => {
    const other = 'ab'.repeat(32)
    const error = judge(certificate, good, { mode: 'pin', pins: [other], nextPins: [] }, '127.0.0.1', Date.now())
    expect({ code: error?.code, got: error?.got, expected: error?.expected, verdict: error?.isVerdict }).toEqual({
      code: 'XP_TLS_PIN_MISMATCH',
      got: fingerprintOf(certificate),
      expected: [other],
      verdict: true,
    })
  })

  it('no text but the fingerprint itself is a pin', () => {
    const own = fingerprintOf(certificate)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{64}$/), fc.constant(own.slice(0, 62))), (text) => {
        fc.pre(text !== own)
        expect(verdict({ trust: { mode: 'pin', pins: [text], nextPins: [] } })).toBe('XP_TLS_PIN_MISMATCH')
      }),
    )
  })

  it('an authority that vouches does not help', () => {
    expect(verdict({ handshake: vouched, trust: { mode: 'pin', pins: [], nextPins: [] } })).toBe('XP_TLS_PIN_MISMATCH')
  })
})

describe.each([{ mode: 'ca', ca: [] }, { mode: 'system' }] as AgreedTrust[])('under authorities ($mode)', (trust) => {
  it('chain and name must both be right', () => {
    expect([
      verdict({ trust, handshake: vouched }),
      verdict({ trust, handshake: vouched, host: '::1' }),
      verdict({ trust, handshake: vouched, host: 'localhost' }),
      verdict({ trust, handshake: good }),
      verdict({ trust, handshake: vouched, host: '127.0.0.2' }),
      verdict({ trust, handshake: vouched, host: 'gateway.example' }), // its common name only
    ]).toEqual(['fine', 'fine', 'fine', 'XP_TLS_CHAIN', 'XP_TLS_HOSTNAME', 'XP_TLS_HOSTNAME'])
  })

  it('expiry is never forgiven', () => {
    expect(verdict({ trust, handshake: vouched, now: Date.now() + 400 * dayMs })).toBe('XP_TLS_EXPIRED')
  })
})

describe('under any trust', () => {
  it('no certificate, a resumed session and an old protocol are refused', () => {
    expect([
      verdict({ certificate: null }),
      verdict({ certificate: null, handshake: { ...good, reused: true } }),
      verdict({ handshake: { ...good, reused: true } }),
      verdict({ handshake: { ...good, protocol: 'TLSv1.1' } }),
      verdict({ handshake: { ...good, protocol: null } }),
      verdict({ handshake: { ...good, protocol: 'TLSv1.2' } }),
    ]).toEqual(['XP_TLS_NO_CERT', 'XP_TLS_RESUMED', 'XP_TLS_RESUMED', 'XP_TLS_VERSION', 'XP_TLS_VERSION', 'fine'])
  })

  it('five minutes of a wrong clock are forgiven, six are not', () => {
    const from = Date.parse(certificate.validFrom)
    const to = Date.parse(certificate.validTo)
    const minute = 60_000
    expect([
      verdict({ now: from - 5 * minute }),
      verdict({ now: from - 6 * minute }),
      verdict({ now: to + 5 * minute }),
      verdict({ now: to + 6 * minute }),
    ]).toEqual(['fine', 'XP_TLS_NOT_YET_VALID', 'fine', 'XP_TLS_EXPIRED'])
  })

  it('a permitted expiry forgives the end, not the beginning', () => {
    const trust = { ...pinned, allowExpired: true }
    expect([
      verdict({ trust, now: Date.now() + 400 * dayMs }),
      verdict({ trust, now: Date.now() - 400 * dayMs }),
    ]).toEqual(['fine', 'XP_TLS_NOT_YET_VALID'])
  })

  it('dates nobody can read count as out of range', () => {
    expect([
      verdict({ certificate: pretending({ validFrom: 'some day' }) }),
      verdict({ certificate: pretending({ validTo: 'some day' }) }),
    ]).toEqual(['XP_TLS_NOT_YET_VALID', 'XP_TLS_EXPIRED'])
  })

  it('weak and unknown keys are refused', () => {
    const rsa = (modulusLength?: number, asymmetricKeyType = 'rsa') =>
      verdict({
        certificate: pretending({ publicKey: { asymmetricKeyType, asymmetricKeyDetails: { modulusLength } } }),
      })
    const kind = (asymmetricKeyType: string) =>
      verdict({ certificate: pretending({ publicKey: { asymmetricKeyType } }) })
    const unreadable = new Proxy(certificate, {
      get(target, name) {
        if (name === 'publicKey') throw new Error('unsupported')
        return Reflect.get(target, name, target) as unknown
      },
    })
    expect([
      rsa(1024),
      rsa(2047),
      rsa(2048),
      rsa(4096, 'rsa-pss'),
      rsa(undefined),
      kind('dsa'),
      kind('ed25519'),
      kind('ec'),
      verdict({ certificate: unreadable }),
    ]).toEqual([
      'XP_TLS_WEAK_KEY',
      'XP_TLS_WEAK_KEY',
      'fine',
      'fine',
      'XP_TLS_WEAK_KEY',
      'XP_TLS_WEAK_KEY',
      'fine',
      'fine',
      'XP_TLS_WEAK_KEY',
    ])
  })
})

it('a name counts by subject alternative name only, wildcards one label deep', async () => {
  const wild = new Certificate((await identity({ names: [{ type: 'dns', value: '*.site.example' }] })).cert)
  expect([
    isNamed(wild, 'a.site.example'),
    isNamed(wild, 'a.b.site.example'),
    isNamed(wild, 'site.example'),
    isNamed(wild, '127.0.0.1'),
  ]).toEqual([true, false, false, false])
})
