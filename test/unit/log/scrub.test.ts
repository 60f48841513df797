import { describe, expect, it } from 'vitest'
import { createSecrets, scrub } from '../../../src-main/scrub.ts'

const password = 'pä ss+w/"ö\\rd&1'

function scrubbed(line: string, ...secrets: string[]): string {
  const known = createSecrets()
  secrets.forEach(known.register)
  return scrub(line, known)
}

describe('a registered secret', () => {
  const forms: Record<string, string> = {
    raw: password,
    'URL-encoded': encodeURIComponent(password),
    'URL-encoded in lower case': encodeURIComponent(password).replace(/%../g, (code) => code.toLowerCase()),
    'form-encoded': new URLSearchParams({ x: password }).toString().slice(2),
    'JSON-escaped': JSON.stringify(password).slice(1, -1),
    base64: Buffer.from(password).toString('base64').replace('=', ''),
    'base64 behind a user name': Buffer.from(`op:${password}`).toString('base64').slice(4, -4),
    'base64 behind another name': Buffer.from(`user:${password}`).toString('base64').slice(8, -4),
    'base64 for URLs': Buffer.from(password).toString('base64url'),
  }
  it.each(Object.entries(forms))('is blanked when %s', (_name, form) => {
    expect(scrubbed(`sent <${form}> away`, password)).toBe('sent <[secret]> away')
  })

  it('is blanked wherever a cut goes through it', () => {
    const secret = 'correct-horse-battery-staple'
    for (let left = 1; left <= secret.length; left++) {
      const line = 'correct-horse-battery-staple '.repeat(2_000) + 'x'.repeat(65_536)
      expect(scrubbed(line.slice(0, 65_536 - left) + secret + 'tail', secret)).not.toContain('corr')
    }
  })

  it('is not taken where it is too short to be told from words', () => {
    expect(scrubbed('a camera', 'a')).toBe('a camera')
  })

  it('is forgotten when two hundred newer ones have come', () => {
    const known = createSecrets(2)
    for (const secret of ['first-secret', 'second-secret', 'third-secret']) known.register(secret)
    expect(scrub('first-secret second-secret third-secret', known)).toBe('first-secret [secret] [secret]')
  })
})

describe('a secret nobody registered', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJvcCJ9.c2lnbmF0dXJl-_x'
  it.each([
    [`got ${jwt} back`, 'got [secret] back'],
    ['sent Bearer abcdef0123456789', 'sent Bearer [secret]'],
    ['Authorization: Bearer abc, def', 'Authorization: [secret]'],
    ['"authorization":"Basic b3A6cHc="}', '"authorization": [secret]'],
    ['Set-Cookie: id=1; Path=/', 'Set-Cookie: [secret]'],
    ['NTLM TlRMTVNTUAABAAAA', 'NTLM [secret]'],
    ['grant_type=password&password=hunter2&user=op', 'grant_type=password&password=[secret]&user=op'],
    ['{"access_token":"abc def","expires_in":3600}', '{"access_token":[secret],"expires_in":3600}'],
    [String.raw`{"password":"a\"b c","user":"op"}`, '{"password":[secret],"user":"op"}'],
    [String.raw`{\"password\":\"abc\",\"user\":\"op\"}`, String.raw`{\"password\":[secret]`],
    ["apiKey: 'abc def' next", 'apiKey: [secret] next'],
    ['a=ice-ufrag:x a=ice-pwd:Zm9vYmFyYmF6 a=mid:0', 'a=ice-ufrag:x a=ice-pwd:[secret] a=mid:0'],
    ['turn credential = abc', 'turn credential = [secret]'],
    ['https://root:pa@ss@gateway.example/API', 'https://[secret]@gateway.example/API'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- after', '[secret] after'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE and no end', '[secret]'],
  ])('%s', (line, expected) => {
    expect(scrubbed(line)).toBe(expected)
  })

  it('leaves ordinary lines as they are', () => {
    const lines = [
      'camera 12 playing after 374 ms (attempt 0)',
      'signIn: wrong-password',
      'tokens issued: 3, refreshed at 80 %',
      'https://gateway.example:8443/api/rest/v1/cameras?page=0&size=100',
      'Kamera Süd: „Tor 2“ — 車両 👍',
    ]
    expect(lines.map((line) => scrubbed(line))).toEqual(lines)
  })
})

describe('one line stays one line', () => {
  it('shows control characters, turning marks and hidden marks instead of obeying them', () => {
    const hostile = 'name\r\n2026-01-01 error (trust) forged \u001b[31m \u202egnp.exe\u2066\u200b\u2028\ufeff\u0000'
    expect(scrubbed(hostile)).toBe(
      String.raw`name\u000d\n2026-01-01 error (trust) forged \u001b[31m \u202egnp.exe\u2066\u200b\u2028\ufeff\u0000`,
    )
  })

  it('replaces half a surrogate pair', () => expect(scrubbed('a\ud800b')).toBe('a\ufffdb'))

  it('ends a line after 8,192 characters', () => {
    expect(scrubbed('x'.repeat(10_000_000))).toBe(`${'x'.repeat(8_192)}…`)
  })
})

describe('a hostile line of 64 Ki characters', () => {
  const filled = (part: string): string => part.repeat(Math.ceil(65_536 / part.length)).slice(0, 65_536)
  const parts = [
    ...[
      'eyJ',
      'eyJaaaaaaaaa.',
      'eyJaaaaaaaaa.eyJ',
      'bearer ',
      'bearer      ',
      'token',
      'token="',
      "token='",
      'token=\\"',
    ],
    ...[
      'password = ',
      'a://',
      'a://b',
      'a.a.',
      'x://a@',
      '@',
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN ',
      '\\',
      '"\\',
    ],
    ...['cookie', 'cookie:', 'set-cookie=', 'api_key', '%41', '\u202e', '\n', 'a', ' ', '=', 'pwd:pwd='],
  ]
  it.each(parts)('made of %j costs time in proportion to its length', (part) => {
    const whole = filled(part)
    const time = (line: string): number => {
      const runs = Array.from({ length: 5 }, () => {
        const began = performance.now()
        scrubbed(line)
        return performance.now() - began
      })
      return Math.min(...runs)
    }
    // Sixteen times as long; a quadratic expression would cost 256 times as much. A tenth of a millisecond is noise.
    expect(time(whole) / Math.max(0.1, time(whole.slice(0, 4_096)))).toBeLessThan(80)
  })
})
