import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Desk } from './fixture.ts'

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

/**
 * From now on every announcement main makes, every answer it gives and every call it gets is written to a file of its
 * own, a line each, also while the app ends. What comes with `signIn` is left out: there the password belongs.
 */
export async function recordMessages(desk: Desk, file: string): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow, ipcMain }, target) => {
    type Handler = (event: unknown, name: unknown, input: unknown, ...more: unknown[]) => Promise<unknown>
    const { appendFileSync } = process.getBuiltinModule('fs')
    const write = (...line: unknown[]) => appendFileSync(target, `${JSON.stringify(line)}\n`)
    // Not in the types: where Electron keeps what `handle` was given.
    const handlers = (ipcMain as unknown as { _invokeHandlers?: Map<string, Handler> })._invokeHandlers
    const answer = handlers?.get('call')
    if (!handlers || !answer)
      throw new Error('This Electron keeps its handlers elsewhere: recordMessages has to learn where')
    handlers.set('call', async (event, name, input, ...more) => {
      write('call', name, name === 'signIn' ? 'left out' : input)
      const result = await answer(event, name, input, ...more)
      write('answer', name, result)
      return result
    })
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    const send = webContents.send.bind(webContents)
    webContents.send = (channel, ...facts: unknown[]) => {
      write(channel, ...facts)
      send(channel, ...facts)
    }
  }, file)
}
