/**
 * Sets up what a fresh machine lacks, then runs a script on the pinned Node:
 * `node build/setup.mjs test/demo/demo.ts --cameras 16`.
 *
 * Runs on Node 20 with nothing installed. As root on Debian it installs packages; otherwise it names the one line to run.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ask, giveUp, isRoot, root, run, say, which } from './machine.mjs'

/** What the app, the simulator's clips and the tests need from Debian, and why. */
const debianPackages = {
  app: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'dbus', 'fonts-dejavu-core'],
  'a display where there is none': ['xvfb', 'xauth'],
  clips: ['ffmpeg'],
  tests: ['chromium'],
}

const nodeModules = path.join(root, 'node_modules')
const binFolder = path.join(nodeModules, '.bin')
const stampFile = path.join(nodeModules, '.watchpost-lock')

async function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  const isFresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock
  if (isFresh) return
  say('installing npm packages (about a minute the first time)')
  const { ok, output } = await run('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (!ok) giveUp(`npm ci failed. Is the npm registry reachable? Its last words:\n${output.slice(-2000)}`)
  writeFileSync(stampFile, lock)
}

/** The `node` package brings Node 24 by an install script, which newer npm versions may refuse to run. */
async function bringNode() {
  const wanted = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.node
  const node = path.join(binFolder, 'node')
  const found = () => (existsSync(node) ? ask(node, ['--version']).answer : '')
  if (found() === `v${wanted}`) return node
  say(`fetching Node ${wanted}`)
  await run('Node', process.execPath, ['installArchSpecificPackage.js'], { cwd: path.join(nodeModules, 'node') })
  if (found() === `v${wanted}`) return node
  return giveUp(`Node ${wanted} could not be installed from the npm registry. Run: npm rebuild node`)
}

async function installDebianPackages() {
  if (process.platform !== 'linux' || !which('dpkg-query')) return
  const wanted = Object.values(debianPackages).flat()
  const isMissing = (/** @type {string} */ name) =>
    !ask('dpkg-query', ['-W', '-f=${Status}', name]).answer.endsWith(' installed')
  const missing = wanted.filter(isMissing)
  if (missing.length === 0) return
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!isRoot) giveUp(`Some Debian packages are missing. Run this once, then try again:\n\n  sudo ${line}`)
  say(`installing Debian packages: ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get update', 'apt-get', ['update', '-qq'], { env })
  const { ok, output } = await run('apt-get install', 'apt-get', line.split(' ').slice(1), { env })
  if (!ok) giveUp(`Debian packages could not be installed. Run: ${line}\n${output.slice(-2000)}`)
}

const [script, ...args] = process.argv.slice(2)
if (!script) giveUp('Say which script to run: node build/setup.mjs SCRIPT [ARGUMENTS]', 2)
if (Number(process.versions.node.split('.')[0]) < 20) giveUp('Node 20 or newer is needed to start.')

await installPackages()
const node = await bringNode()
await installDebianPackages()

const env = { ...process.env, PATH: `${binFolder}${path.delimiter}${process.env.PATH ?? ''}` }
const child = spawn(node, [script, ...args], { cwd: root, stdio: 'inherit', env })
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal))
child.on('close', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
