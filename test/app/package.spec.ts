import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import path from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { chromium, expect, test } from '@playwright/test'
import { findElectron } from '../../build/electron.mjs'
import { prepareProgram } from '../../build/launch.mjs'
import { run } from '../../build/machine.mjs'
import { root } from '../support/run-shown.ts'

/** What is shipped: packed here for Linux as a release would be, without a download. */
let folder: string
let packed: string
let program: string
test.beforeAll(async () => {
  const electron = await findElectron()
  folder = mkdtempSync('/var/tmp/watchpost-package-')
  chmodSync(folder, 0o755)
  const dist = path.join(folder, 'electron')
  // The stand-in of the fallback Electron for its default app must not be shipped.
  const loader = path.join(electron.folder, 'resources/app')
  cpSync(electron.folder, dist, { recursive: true, filter: (from) => from !== loader })
  const { ok, output } = await run('electron-builder', 'electron-builder', [
    ...['--linux', 'dir', '--config', 'electron-builder.yml', `-c.directories.output=${path.join(folder, 'dist')}`],
    ...[`-c.electronDist=${dist}`, `-c.electronVersion=${electron.version}`],
  ])
  if (!ok) throw new Error(output)
  packed = path.join(folder, 'dist/linux-unpacked')
  program = path.join(packed, 'watchpost')
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the package holds the three bundles and nothing else', () => {
  const files = listPackage(path.join(packed, 'resources/app.asar'), { isPack: false })
  const shown = files.map((file) => file.replaceAll('\\', '/').replace(/index-[\w-]+\./, 'index-HASH.'))
  expect(shown.filter((file) => !/^\/out\/renderer\/assets\//.test(file)).sort()).toEqual([
    '/out',
    '/out/main',
    '/out/main/index.js',
    '/out/preload',
    '/out/preload/index.cjs',
    '/out/renderer',
    '/out/renderer/assets',
    '/out/renderer/index.html',
    '/package.json',
  ])
  const assets = shown.filter((file) => file.startsWith('/out/renderer/assets/'))
  expect(assets.filter((file) => !/\.(js|css|svg|png|woff2)$/.test(file))).toEqual([])
  expect(existsSync(path.join(packed, 'resources/app'))).toBe(false)
})

test('the description of site profiles lies beside the program, for editors', () => {
  const name = 'watchpost-site.schema.json'
  expect(readFileSync(path.join(packed, 'resources', name))).toEqual(readFileSync(path.join(root, 'build', name)))
})

test('the notices of everybody whose work is in it lie beside the program', () => {
  const notice = (bundle: string) => readFileSync(path.join(packed, 'resources/notices', `${bundle}.txt`), 'utf8')
  expect(notice('main')).toMatch(/Name: undici\b[^]*Copyright \(c\) Matteo Collina/)
  expect(notice('page')).toMatch(/Name: mediabunny\b[^]*License: MPL-2\.0[^]*Repository: [^]*Mozilla Public License/)
})

test('the fuses are set as electron-builder.yml means them', async () => {
  const wire = await getCurrentFuseWire(program)
  const state = (fuse: FuseV1Options) => FuseState[wire[fuse] ?? FuseState.REMOVED]
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    cookies: state(FuseV1Options.EnableCookieEncryption),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    integrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    snapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    files: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: 'DISABLE',
    cookies: 'ENABLE',
    nodeOptions: 'DISABLE',
    inspect: 'DISABLE',
    integrity: 'ENABLE',
    onlyAsar: 'ENABLE',
    snapshot: 'DISABLE',
    files: 'DISABLE',
  })
})

test('the packed app starts sandboxed, shows its first page, and is deaf to what would make it another program', async () => {
  const launch = prepareProgram(program)
  const evil = path.join(folder, 'evil.cjs')
  writeFileSync(evil, `process.stderr.write('EVIL RAN')`)
  const data = path.join(launch.folder, 'data')
  const child = spawn(launch.executable, [`--user-data-dir=${data}`, '--remote-debugging-port=0', '--inspect=0'], {
    cwd: folder,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${evil}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = wordsOf(child)
  try {
    await expect.poll(said, { timeout: 30_000 }).toMatch(/DevTools listening on ws:\/\/\S+/)
    const browser = await chromium.connectOverCDP(/DevTools listening on (ws:\/\/\S+)/.exec(said())?.[1] ?? '')
    const page = () => browser.contexts().flatMap((context) => context.pages())[0]
    await expect.poll(() => page()?.url()).toBe('app://desk/index.html')
    await expect(page()!.getByText('No site profile on this computer')).toBeVisible()
    await browser.close()
    expect(readFileSync(path.join(data, 'logs/watchpost.log'), 'utf8')).toMatch(/Watchpost \S+ on Electron/)
    expect(said()).not.toMatch(/EVIL RAN|Debugger listening/)
    expect(readFileSync(`/proc/${child.pid}/status`, 'utf8')).not.toMatch(/^Uid:\s+0\b/m)
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
    launch.clean()
  }
})

/** Everything a process printed so far. */
function wordsOf(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}
