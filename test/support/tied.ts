import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { existsSync } from 'node:fs'

const setpriv = '/usr/bin/setpriv'

/**
 * Starts a program that does not outlive us, even if we are killed: a simulator or a display left behind would hold its
 * port and its memory until the machine is restarted. Only Linux can promise that.
 */
export function spawnTied(command: string, args: string[], options: SpawnOptions): ChildProcess {
  if (process.platform !== 'linux' || !existsSync(setpriv)) return spawn(command, args, options)
  return spawn(setpriv, ['--pdeathsig', 'SIGTERM', command, ...args], options)
}
