import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A text of the shape of a JSON Web Token, as the server gives them for a password. */
const token = /eyJ[\w-]{10,}\.[\w-]{10,}\./

/** Every way a secret may be written down: as it is, wide, in an address, in JSON, in base64 wherever it begins there. */
export function writtenForms(secret: string): Record<string, string> {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map((before): [string, string] => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // The ends depend on the neighbours.
    return [`base64 ${before}`, text.slice(before === 0 ? 0 : before + 1, -4)]
  })
  return {
    raw: bytes.toString('latin1'),
    wide: Buffer.from(secret, 'utf16le').toString('latin1'),
    'in an address': encodeURIComponent(secret),
    'in a form': new URLSearchParams({ a: secret }).toString().slice(2),
    'in JSON': Buffer.from(JSON.stringify(secret).slice(1, -1)).toString('latin1'),
    ...Object.fromEntries(base64),
  }
}

/** Where in a text, read as latin1, one of the secrets or a token stands, and how it is written. */
export function leaksIn(text: string, secrets: string[]): string[] {
  const found = secrets.flatMap((secret) =>
    Object.entries(writtenForms(secret)).filter(([, written]) => text.includes(written)),
  )
  return [...found.map(([form]) => form), ...(token.test(text) ? ['token'] : [])]
}

/** The leaks in every file below a folder, one line each. */
export function leaksBelow(folder: string, secrets: string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .flatMap((file) => leaksIn(readFileSync(file, 'latin1'), secrets).map((form) => `${file}: ${form}`))
}
