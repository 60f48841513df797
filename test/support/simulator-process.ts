import { createInterface } from 'node:readline'
import type { Endpoint } from '../simulator/start.ts'
import { root } from './run-shown.ts'
import { spawnTied } from './tied.ts'

/** What the one JSON line of a simulator says of a site. */
interface SiteFacts {
  gateway: string
  recorder: string
  sha256: string
  user: string
  windowsUser: string
  password: string
  control: string
  gateways: Endpoint[]
  recorders: Endpoint[]
  idp: Endpoint
  ca: string | null
  site: { id: string; name: string }
  childSites: SiteFacts[]
}

/** A simulator in a process of its own, as its one JSON line describes it. */
export interface SimulatorProcess extends SiteFacts {
  pid: number
  stop: () => Promise<void>
}

/** Starts the simulator and waits until it says that it is ready. Its progress goes to our own stderr. */
export async function startSimulatorProcess(args: string[]): Promise<SimulatorProcess> {
  const command = ['test/simulator/cli.ts', '--port', '0', '--json', ...args]
  const child = spawnTied(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface({ input: child.stdout! }).once('line', resolve)),
    ended.then((code) => Promise.reject(new Error(`The simulator ended with ${code} before it was ready.`))),
  ])
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { ...(JSON.parse(line) as Omit<SimulatorProcess, 'pid' | 'stop'>), pid: child.pid ?? 0, stop }
}
