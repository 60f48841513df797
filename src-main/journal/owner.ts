import { createHmac } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'

/**
 * Takes a folder for this process alone; the returned function gives it back.
 *
 * What is taken is a name inside this computer that the system gives to one process and takes back when the process ends,
 * however it ends: nothing stale is left behind, as a file would be. Nobody may connect to it. Its name needs the key, so
 * other users of the computer cannot take it first. Systems without such names (macOS) have the app's own single start.
 *
 * Errors: AppError bad-file where another process has the folder.
 */
export async function ownFolder(folder: string, key: Uint8Array): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = nameOf(
    createHmac('sha256', key)
      .update(`owner of ${await realpath(folder)}`)
      .digest('hex'),
  )
  if (name === undefined) return () => Promise.resolve()
  const server = net.createServer((socket) => socket.destroy())
  try {
    await new Promise<void>((taken, failed) => server.once('error', failed).listen(name, taken))
  } catch (cause) {
    const isTaken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
    const problem = isTaken ? 'is used by another start of Watchpost' : 'could not be taken for this start alone'
    throw new AppError({ kind: 'bad-file', file: path.resolve(folder), problem }, { cause })
  }
  server.unref()
  return () => new Promise((released) => server.close(() => released()))
}

function nameOf(digest: string): string | undefined {
  if (process.platform === 'win32') return `\\\\.\\pipe\\watchpost-${digest.slice(0, 40)}`
  return process.platform === 'linux' ? `\0watchpost-${digest.slice(0, 40)}` : undefined
}
