import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopback } from '../../../src-main/sites/origins.ts'
import { parseOrigin as parseTyped } from '../../../src-main/storage/origin.ts'
import { parseOrigin } from '../../../src-main/trust/origin.ts'

describe('an address', () => {
  it('a profile may hold is one the trust room takes, in the same words', () => {
    const label = fc.stringMatching(/^[a-zA-Z0-9._:[\]-]{1,12}$/)
    const host = fc.oneof(
      label,
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    )
    const address = fc.tuple(host, fc.option(fc.nat(70_000)), fc.constantFrom('', '/')).map(([name, port, end]) => {
      return `https://${name}${port === null ? '' : `:${port}`}${end}`
    })
    fc.assert(
      fc.property(address, (text) => {
        const origin = parseTyped(text)
        if (origin === undefined) return
        expect(new URL(parseOrigin(origin).href).origin).toBe(origin)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is this very computer or is not', () => {
    const here = ['https://127.0.0.1:8443', 'https://localhost', 'https://[::1]:1', 'https://127.3.2.1']
    const elsewhere = ['https://127.0.0.1.example', 'https://localhost.example', 'https://10.0.0.1', 'https://[::2]']
    expect([here.every(isLoopback), elsewhere.some(isLoopback)]).toEqual([true, false])
  })
})
