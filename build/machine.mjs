/**
 * Small things every set-up script says and does. Runs on Node 20 without any package installed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export const root = path.join(import.meta.dirname, '..')
export const isRoot = process.getuid?.() === 0

/** Where things made once for this machine are kept: clips, a fallback Electron. Readable by the unprivileged user. */
export const cacheFolder = isRoot
  ? '/var/cache/watchpost'
  : path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'watchpost')

/** One line of progress. Goes to stderr, so a script's own output stays clean. */
export const say = (/** @type {string} */ line) => process.stderr.write(`· ${line}\n`)

/** Ends the script with one sentence and the next step. @returns {never} */
export function giveUp(/** @type {string} */ sentence, code = 1) {
  process.stderr.write(`\n✗ ${sentence}\n`)
  process.exit(code)
}

/** Finds a program on the PATH; empty where there is none. */
export function which(/** @type {string} */ program) {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file)) ?? ''
}

/**
 * Runs a program to its end with its output hidden, telling every ten seconds that it still runs.
 *
 * @param {string} what said when it takes long or fails
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { limitMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(what, program, args, options = {}) {
  const startedMs = Date.now()
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk.toString()).slice(-20_000))
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const tick = setInterval(
      () => say(`  still at it: ${what}, ${Math.round((Date.now() - startedMs) / 1000)} s`),
      10_000,
    )
    const limit = options.limitMs ? setTimeout(() => child.kill('SIGKILL'), options.limitMs) : undefined
    const end = (/** @type {boolean} */ ok) => {
      clearInterval(tick)
      clearTimeout(limit)
      resolve({ ok, output })
    }
    child.on('error', (error) => {
      output += error.message
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
}

/** Exit status of a quick question to a program, its answer trimmed. */
export function ask(/** @type {string} */ program, /** @type {string[]} */ args) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return { ok: status === 0, answer: (stdout ?? '').trim() }
}
