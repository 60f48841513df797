import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAllowedCandidate, limitOffer } from '../../../src-main/xprotect/sdp-limits.ts'
import { failureOf } from '../../../src-preload/contract/failure.ts'
import { offerSdp } from './support/offer.ts'

const anywhere = { loopbackAllowed: false }
const here = { loopbackAllowed: true }

const failureFrom = (text: string): unknown => {
  try {
    return limitOffer(text, anywhere)
  } catch (error) {
    return failureOf(error)
  }
}
const bad = (what: string): unknown => ({ kind: 'bad-answer', call: 'offer', what })

describe('an offer', () => {
  it('within the limits goes through as it is, and its end of candidates is noticed', () => {
    const sdp = offerSdp({ candidates: ['192.0.2.7 41000'], complete: true })
    expect(limitOffer(sdp, anywhere)).toEqual({ sdp, candidates: 1, complete: true, mids: ['0', '1'] })
  })

  it('that ends lines without a carriage return is put right', () => {
    const sdp = offerSdp({})
    expect(limitOffer(sdp.replaceAll('\r\n', '\n'), anywhere).sdp).toBe(sdp)
  })

  it('loses the candidates that are not allowed and keeps the rest', () => {
    const sdp = offerSdp({ candidates: ['127.0.0.1 41000', '192.0.2.7 22', 'evil.example 41000', '192.0.2.7 41000'] })
    const limited = limitOffer(sdp, anywhere)
    expect([limited.candidates, limited.sdp]).toEqual([1, offerSdp({ candidates: ['', '', '', '192.0.2.7 41000'] })])
  })

  it('keeps 64 candidates of 2,000', () => {
    const candidates = Array.from({ length: 2000 }, (_, n) => `192.0.2.7 ${2000 + n}`)
    const limited = limitOffer(offerSdp({ candidates }), anywhere)
    expect([limited.candidates, limited.sdp.match(/a=candidate/g)?.length]).toEqual([64, 64])
  })

  it.each([
    ['empty', '', 'shape'],
    ['HTML', '<html></html>', 'shape'],
    ['binary', 'v=0\r\n\u0000\u0001m=video', 'shape'],
    ['UTF-16', '\ufffdv\u0000=\u00000\u0000', 'shape'],
    ['without media', 'v=0\r\ns=-\r\n', 'shape'],
    ['longer than 256 KB', offerSdp({}) + `a=x:${'x'.repeat(262_144)}\r\n`, 'too-large'],
    ['of 17 media lines', offerSdp({}) + 'm=audio 9 RTP/AVP 0\r\n'.repeat(15), 'too-large'],
  ])('that is %s is refused', (_name, text, what) => {
    expect(failureFrom(text)).toEqual(bad(what))
  })

  it('whatever it is, is either held to the limits or refused, and never crashes us', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 200 }), (junk, at) => {
        const sdp = offerSdp({ candidates: ['192.0.2.7 41000'] })
        const result = failureFrom(sdp.slice(0, at) + junk + sdp.slice(at))
        expect(result).toSatisfy((r: object) => 'sdp' in r || ('kind' in r && r.kind === 'bad-answer'))
      }),
    )
  })
})

describe('a candidate', () => {
  const line = (address: string, port = 41_000, protocol = 'udp'): string =>
    `candidate:1 1 ${protocol} 2130706431 ${address} ${port} typ host`

  it.each([
    '192.0.2.7',
    '10.0.0.1',
    '169.254.7.7',
    '2001:db8::1',
    '64:ff9b::192.0.2.7',
    'fe80::1',
    '::ffff:192.0.2.7',
    '6f1a3c2e-8b1d-4c2f-9a7e-111122223333.local',
  ])('at %s is allowed', (address) => {
    expect(isAllowedCandidate(line(address), anywhere)).toBe(true)
  })

  it.each(['127.0.0.1', '127.8.8.8', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    'at %s is allowed only where the gateway is this computer',
    (address) => {
      expect([anywhere, here].map((rules) => isAllowedCandidate(line(address), rules))).toEqual([false, true])
    },
  )

  it.each([
    'evil.example',
    'localhost',
    'a.b.local',
    '.local',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    'fe80::1%eth0',
    '::7f00:1',
    '::127.0.0.1',
    '0x7f.1',
    '127.1',
    '2130706433',
    '',
  ])('at "%s" is never allowed', (address) => {
    expect(isAllowedCandidate(line(address), here)).toBe(false)
  })

  it.each([
    ['a well-known port', line('192.0.2.7', 22)],
    ['the last well-known port', line('192.0.2.7', 1023)],
    ['no port', line('192.0.2.7', 0)],
    ['a port beyond the last', line('192.0.2.7', 65_536)],
    ['an unknown transport', line('192.0.2.7', 41_000, 'sctp')],
    ['nothing', ''],
    ['a megabyte', `candidate:${'x'.repeat(1_000_000)}`],
    ['something else', 'm=video 9 UDP/TLS/RTP/SAVPF 96'],
  ])('with %s is dropped', (_name, candidate) => {
    expect(isAllowedCandidate(candidate, here)).toBe(false)
  })

  it('at any address is judged without a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4(), fc.string()), (address) => {
        expect(typeof isAllowedCandidate(line(address), anywhere)).toBe('boolean')
      }),
    )
  })

  it('may use every port from 1024 on', () => {
    expect([1024, 65_535].map((port) => isAllowedCandidate(line('192.0.2.7', port), anywhere))).toEqual([true, true])
  })
})
