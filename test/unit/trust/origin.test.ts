import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkHeaders, checkPath, parseOrigin } from '../../../src-main/trust/origin.ts'

const passes = (run: () => unknown): boolean => {
  try {
    run()
    return true
  } catch {
    return false
  }
}

describe('an address in a profile', () => {
  it.each([
    ['https://gateway.example', { href: 'https://gateway.example:443', host: 'gateway.example', port: 443 }],
    ['https://Gateway.Example:8443/', { href: 'https://gateway.example:8443', host: 'gateway.example', port: 8443 }],
    ['https://10.0.0.7:7563', { href: 'https://10.0.0.7:7563', host: '10.0.0.7', port: 7563 }],
    ['https://[::1]:8443', { href: 'https://[::1]:8443', host: '::1', port: 8443 }],
    ['https://[FE80:0::1]', { href: 'https://[fe80::1]:443', host: 'fe80::1', port: 443 }],
    [
      'https://xn--bcher-kva.example',
      { href: 'https://xn--bcher-kva.example:443', host: 'xn--bcher-kva.example', port: 443 },
    ],
  ])('%s is read as host and port', (text, expected) => {
    expect(parseOrigin(text)).toEqual({ ...expected, address: expected.href.slice('https://'.length) })
  })

  it.each([
    'http://gateway.example',
    'wss://gateway.example',
    'gateway.example',
    '//gateway.example',
    'https://',
    'https://guard:word@gateway.example',
    'https://guard@gateway.example',
    'https://gateway.example/API',
    'https://gateway.example//',
    'https://gateway.example?x',
    'https://gateway.example/?x',
    'https://gateway.example#x',
    'https://gateway.example:0',
    'https://gateway.example:65536',
    'https://gateway.example:99999999',
    'https://gateway.example:',
    'https://gateway.example:80a',
    'https://bücher.example',
    'https://gateway。example',
    'https://gate\tway.example',
    ' https://gateway.example',
    'https://gateway.example ',
    'https://gateway.example\n',
    'https:\\\\gateway.example',
    'https:/gateway.example',
    'https://127.1',
    'https://0x7f.0.0.1',
    'https://2130706433',
    'https://[::1',
    'https://[gateway]',
    'https://[::ffff:300.1.1.1]',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '',
  ])('A13: %j is refused', (text) => {
    expect(() => parseOrigin(text)).toThrow('XP_ORIGIN')
  })

  it('A13: whatever is accepted is what a URL parser understands by the same text', () => {
    const parts = fc.constantFrom(
      'https://',
      'http://',
      'a',
      '.',
      ':',
      '443',
      '@',
      '/',
      '?',
      '#',
      '[',
      ']',
      '::1',
      '%',
      '\\',
      '\t',
      '0x',
      '127',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        if (!passes(() => parseOrigin(text))) return
        const { host, port } = parseOrigin(text)
        const url = new URL(text)
        expect({
          host: url.hostname.replace(/^\[|\]$/g, ''),
          port: Number(url.port || 443),
          rest: url.pathname + url.search + url.hash + url.username,
        }).toEqual({ host, port, rest: '/' })
      }),
      { numRuns: 500 },
    )
  })
})

describe('a path', () => {
  it.each(['/', '/api/rest/v1/cameras?page=0&size=100', "/x/a-b_c.d~e!$&'()*+,;=:@%20", '/ws?token=a%2Fb'])(
    '%s is fine',
    (path) => {
      expect(() => checkPath(path)).not.toThrow()
    },
  )

  it('A19: never names another server, ends a line or hides a fragment', () => {
    const origin = 'https://gateway.example:8443'
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary-ascii', maxLength: 3 }),
        fc.constantFrom('/', '\\', '\r\n', '\0', '@', '#', 'evil.example', 'https:'),
      ),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        const path = `/${parts.join('')}`
        if (!passes(() => checkPath(path))) return
        expect([new URL(path, origin).origin, new URL(origin + path).origin, new URL(path, origin).hash]).toEqual([
          origin,
          origin,
          '',
        ])
        expect(path).toMatch(/^[\x21-\x7e]+$/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a header', () => {
  it('is fine with plain text', () => {
    expect(() => checkHeaders({ authorization: 'Bearer a.b-c_d', 'x-note': 'tab\tand ü' })).not.toThrow()
  })

  it('A43: cannot hold the end of a line, wherever it is put', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('\r', '\n', '\0', '\x7f'), fc.string(), (before, end, after) => {
        const text = before + end + after
        expect([passes(() => checkHeaders({ a: text })), passes(() => checkHeaders({ [text]: 'a' }))]).toEqual([
          false,
          false,
        ])
      }),
    )
  })

  it('cannot frame the message anew, in whatever case', () => {
    const names = [
      'host',
      'Host',
      'CONNECTION',
      'Content-Length',
      'transfer-encoding',
      'Upgrade',
      'Expect',
      'Accept-Encoding',
      'te',
    ]
    expect(names.filter((name) => passes(() => checkHeaders({ [name]: 'x' })))).toEqual([])
  })
})
