import { spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnTied } from './tied.ts'

/** A screen to draw on: the one there is, or a virtual one of our own. */
export interface Display {
  env: { DISPLAY: string; XAUTHORITY?: string }
  /** True where nobody sees it. */
  isVirtual: boolean
  stop: () => void
}

/** The display of whoever started us, or else an Xvfb of the given size, closed to everybody without its cookie. */
export async function openDisplay(size: { widthPx: number; heightPx: number }, wantVirtual = false): Promise<Display> {
  const own = process.env.DISPLAY
  if (own && !wantVirtual) {
    const authority = process.env.XAUTHORITY
    return {
      env: { DISPLAY: own, ...(authority && { XAUTHORITY: authority }) },
      isVirtual: false,
      stop: () => undefined,
    }
  }
  return startXvfb(size)
}

async function startXvfb({ widthPx, heightPx }: { widthPx: number; heightPx: number }): Promise<Display> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'watchpost-display-'))
  const cookie = randomBytes(16).toString('hex')
  const serverFile = path.join(folder, 'server')
  const clientFile = path.join(folder, 'client')
  // The server looks at the cookie only, so any number will do before its own is known.
  addCookie(serverFile, ':0', cookie)
  const args = ['-displayfd', '3', '-screen', '0', `${widthPx}x${heightPx}x24`, '-auth', serverFile, '-nolisten', 'tcp']
  const xvfb = spawnTied('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await firstLine(xvfb.stdio[3] as NodeJS.ReadableStream, xvfb)
  addCookie(clientFile, `:${number}`, cookie)
  // The unprivileged user that runs the app reads it too; the folder's name is not to be guessed.
  chmodSync(clientFile, 0o644)
  chmodSync(folder, 0o711)
  const stop = () => {
    xvfb.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: clientFile }, isVirtual: true, stop }
}

function addCookie(file: string, display: string, cookie: string): void {
  writeFileSync(file, '')
  const { status, stderr } = spawnSync('xauth', ['-f', file, 'add', display, '.', cookie], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`xauth could not write its file: ${stderr}`)
}

function firstLine(stream: NodeJS.ReadableStream, owner: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.trim())
    })
    owner.on('error', () => reject(new Error('Xvfb is not installed: apt-get install xvfb xauth')))
    owner.on('exit', (code) =>
      reject(new Error(`Xvfb ended with ${code}. Is it installed? apt-get install xvfb xauth`)),
    )
  })
}
