import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, factsOf } from '../../../src-main/trust/certificate.ts'
import { parseOrigin } from '../../../src-main/trust/origin.ts'
import { probeOrigin } from '../../../src-main/trust/probe.ts'
import { inWords } from './support/attack.ts'
import { authority, identity, type Wish } from './support/certificates.ts'
import { serve } from './support/tls-server.ts'

const facts = async (wish: Wish, host = '127.0.0.1') =>
  factsOf(new X509Certificate((await identity(wish)).cert), host, false)

describe('what a certificate says of itself', () => {
  it('is told whole', async () => {
    const made = await identity({
      kind: 'rsa',
      subject: 'CN=gateway.example, O=Harbour',
      validFromDays: 0,
      validToDays: 1,
    })
    const certificate = new X509Certificate(made.cert)
    expect(factsOf(certificate, 'localhost', false)).toEqual({
      fingerprint: made.fingerprint,
      subject: 'CN=gateway.example, O=Harbour',
      issuer: 'CN=gateway.example, O=Harbour',
      names: ['127.0.0.1', '0:0:0:0:0:0:0:1', 'localhost'],
      validFrom: new Date(certificate.validFrom).toISOString(),
      validTo: new Date(certificate.validTo).toISOString(),
      key: 'RSA 2048',
      selfSigned: true,
      nameMatches: true,
      trustedBySystem: false,
    })
  })

  it('tells another signer from itself, also a claimed one', async () => {
    const root = await authority('CN=Root')
    const same = await identity({ subject: 'CN=Root' })
    const [signed, forged] = [await facts({ issuer: root }), await facts({ subject: 'CN=Root', claims: same })]
    expect([signed.selfSigned, signed.issuer, forged.selfSigned]).toEqual([false, 'CN=Root', true])
  })

  it('shows no control, no direction mark and no more than its share', async () => {
    const long = await facts({ subject: `CN=a\u0000\u202eb\u0007${'c'.repeat(300)}` })
    expect(long.subject).not.toMatch(/\p{C}/u)
    expect(long.subject.length).toBeLessThanOrEqual(256)
  })

  it('shows twenty names of two thousand', async () => {
    const names = Array.from({ length: 2_000 }, (_, at) => ({ type: 'dns' as const, value: `c${String(at)}.example` }))
    const { names: shown, nameMatches } = await facts({ names }, 'c1999.example')
    expect([shown.length, shown[0], nameMatches]).toEqual([20, 'c0.example', true])
  })

  it('takes a comma within a name for what it is', async () => {
    const { names } = await facts({ names: [{ type: 'dns', value: 'a.example, DNS:b.example' }] })
    expect(names).toHaveLength(1)
  })
})

it('any text becomes one short line of visible characters', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0x10ffff), { maxLength: 40 }), fc.nat(20), (codes, times) => {
      const line = clean(String.fromCodePoint(...codes).repeat(times))
      return line.length <= 256 && !/\p{C}/u.test(line)
    }),
  )
})

describe('a look at a server', () => {
  it('says in words when nobody is there', async () => {
    const server = await serve(await identity())
    await server.close()
    expect(await probeOrigin(parseOrigin(server.origin)).then(() => 'seen', inWords)).toBe('unreachable refused')
  })

  it('holds the chain against the authorities it is given', async () => {
    const root = await authority()
    const leaf = await identity({ issuer: root, names: [] })
    const server = await serve(leaf)
    const origin = parseOrigin(server.origin)
    const [byOurs, bySystem] = [await probeOrigin(origin, [root.cert]), await probeOrigin(origin)]
    await server.close()
    expect([byOurs.facts.trustedBySystem, bySystem.facts.trustedBySystem, byOurs.facts.nameMatches]).toEqual([
      true,
      false,
      false,
    ])
  })
})
