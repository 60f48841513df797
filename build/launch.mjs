/**
 * Prepares an Electron to be started with its sandbox on.
 *
 * Electron refuses to run as root without `--no-sandbox`, and without its sandbox the app is another app. So root gets an
 * unprivileged user, a copy of what is run that this user can read, and a starter that changes user before it becomes Electron.
 */
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ask, cacheFolder, isRoot, root } from './machine.mjs'

const userName = 'watchpost-run'

/**
 * @typedef {object} Launch
 * @property {string} executable what to start in place of Electron; takes the same arguments
 * @property {string} app the folder to name as first argument
 * @property {string} folder a writable folder of the user that will run the app, removed by `clean`
 * @property {(file: string) => void} hand gives a file or folder to that user
 * @property {() => void} clean
 */

/** @param {import('./electron.mjs').Electron} electron @returns {Launch} */
export function prepareLaunch(electron) {
  if (!isRoot) return { ...prepareProgram(electron.executable), app: root }
  const dist = readableDist(electron)
  const prepared = prepareProgram(path.join(dist, 'electron'))
  const app = path.join(path.dirname(prepared.folder), 'app')
  mkdirSync(app)
  for (const part of ['package.json', 'out']) cpSync(path.join(root, part), path.join(app, part), { recursive: true })
  return { ...prepared, app }
}

/**
 * Prepares a program that is an app by itself. As root: one that everybody can read.
 *
 * @param {string} program
 * @returns {Omit<Launch, 'app'>}
 */
export function prepareProgram(program) {
  if (!isRoot) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'watchpost-'))
    const clean = () => rmSync(folder, { recursive: true, force: true })
    return { executable: program, folder, hand: () => undefined, clean }
  }
  const { uid, gid } = unprivilegedUser()
  ownSandboxHelper(path.dirname(program))
  const folder = mkdtempSync('/var/tmp/watchpost-')
  const home = path.join(folder, 'home')
  mkdirSync(home)
  chmodSync(folder, 0o755)
  const hand = (/** @type {string} */ file) => chownSync(file, uid, gid)
  hand(home)
  const starter = path.join(folder, 'electron')
  const environment = `HOME='${home}' XDG_RUNTIME_DIR='${home}' XDG_CONFIG_HOME='${home}/.config' XDG_CACHE_HOME='${home}/.cache'`
  const become = `setpriv --reuid=${uid} --regid=${gid} --clear-groups`
  writeFileSync(starter, `#!/bin/sh\nexec ${become} env ${environment} '${program}' "$@"\n`, { mode: 0o755 })
  return { executable: starter, folder: home, hand, clean: () => rmSync(folder, { recursive: true, force: true }) }
}

function unprivilegedUser() {
  if (!ask('id', ['-u', userName]).ok)
    ask('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', userName])
  const uid = Number(ask('id', ['-u', userName]).answer)
  const gid = Number(ask('id', ['-g', userName]).answer)
  if (!uid || !gid)
    throw new Error(`The unprivileged user ${userName} could not be made. Run the demo as a normal user instead.`)
  return { uid, gid }
}

/** A copy every user can read and nobody but root can change. */
function readableDist(/** @type {import('./electron.mjs').Electron} */ electron) {
  const isShared = electron.folder.startsWith(cacheFolder)
  const dist = isShared ? electron.folder : path.join(cacheFolder, `electron-${electron.version}-${electron.source}`)
  if (!existsSync(path.join(dist, 'version'))) cpSync(electron.folder, dist, { recursive: true })
  for (const folder of [cacheFolder, dist]) chmodSync(folder, 0o755)
  return dist
}

/** The sandbox helper as Chromium demands it. */
function ownSandboxHelper(/** @type {string} */ dist) {
  const helper = path.join(dist, 'chrome-sandbox')
  if ((statSync(helper).mode & 0o7777) === 0o4755) return
  chownSync(helper, 0, 0)
  chmodSync(helper, 0o4755)
}
