import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'

/** What came of one attack inside another runtime, as `run-attacks.ts` prints it. */
export interface Line {
  id: string
  ok?: boolean
  /** False where the attack needs a server that runtime cannot be; `why` says so. */
  ran?: boolean
  why?: string
}

/** Runs the attack table inside an Electron, as Node: its TLS library is another (security.md 2.6). */
export async function attacksIn(executable: string): Promise<Line[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'attacks-'))
  try {
    await bundle(folder)
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    const runtime = spawn(executable, [path.join(folder, 'run-attacks.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    runtime.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()))
    await once(runtime, 'close')
    return printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** One file for Node 20: that runtime reads no TypeScript. */
async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    build: {
      ssr: path.join(import.meta.dirname, 'run-attacks.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'run-attacks.mjs' } },
    },
    ssr: { noExternal: true },
  })
}
