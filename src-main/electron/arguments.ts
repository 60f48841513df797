import path from 'node:path'
import { CaptureProbe } from '../../src-preload/contract/models/capture.ts'
import type { CaptureOrder } from '../sites/capture-desk.ts'

/** What a starter may say on the command line. Anything else is Chromium's or is ignored. */
export interface Arguments {
  /** Site profiles named one by one: `--profile FILE`, as often as wanted. */
  profiles: string[]
  /** Profiles to be checked instead of starting: `--check-profile FILE`. Absent where the word is not said; empty where no file follows. */
  toCheck?: string[]
  /** Audit trails, or exports of them, to be verified instead of starting: `--verify-audit FILE`. Absent and empty as above. */
  toVerify?: string[]
  /** `--capture FOLDER`, with `--site ID|NAME` where there are several, and `--probe NAME` as often as wanted. */
  capture?: CaptureOrder
  /** `--hidden`: start in the tray, without a window. Absent where the word is not said. */
  hidden?: true
  /** Why the program cannot start as it was told to: one sentence. */
  refusal?: string
}

/** Reads our own words out of a command line (without the program's name). */
export function readArguments(words: string[]): Arguments {
  const checks = isSaid('--check-profile', words)
  const verifies = isSaid('--verify-audit', words)
  return {
    profiles: filesAfter('--profile', words),
    ...(checks && { toCheck: filesAfter('--check-profile', words) }),
    ...(verifies && { toVerify: filesAfter('--verify-audit', words) }),
    ...(words.includes('--hidden') && { hidden: true as const }),
    ...captureIn(words),
  }
}

function captureIn(words: string[]): Pick<Arguments, 'capture' | 'refusal'> {
  const probes = valuesAfter('--probe', words)
  if (!isSaid('--capture', words)) {
    const idle = ['--site', '--probe'].find((name) => isSaid(name, words))
    return idle === undefined ? {} : { refusal: `${idle} goes with --capture FOLDER, which is not there.` }
  }
  const [folder] = filesAfter('--capture', words)
  if (folder === undefined) return { refusal: '--capture needs the folder to write into: --capture FOLDER.' }
  const unknown = probes.find((name) => !CaptureProbe.safeParse(name).success)
  const known = `Known are ${CaptureProbe.options.join(', ')}.`
  if (unknown !== undefined) return { refusal: `--probe ${unknown.slice(0, 40)} is not known. ${known}` }
  if (isSaid('--probe', words) && probes.length === 0) return { refusal: `--probe needs a name. ${known}` }
  const [site] = valuesAfter('--site', words)
  if (isSaid('--site', words) && site === undefined) return { refusal: '--site needs the id or the name of a site.' }
  return {
    capture: { folder, ...(site !== undefined && { site }), probes: [...new Set(CaptureProbe.array().parse(probes))] },
  }
}

const isSaid = (name: string, words: string[]): boolean =>
  words.some((word) => word === name || word.startsWith(`${name}=`))

const filesAfter = (name: string, words: string[]): string[] =>
  valuesAfter(name, words).map((file) => path.resolve(file))

function valuesAfter(name: string, words: string[]): string[] {
  return words.flatMap((word, index) => {
    if (word.startsWith(`${name}=`)) return word.length > name.length + 1 ? [word.slice(name.length + 1)] : []
    const value = words[index + 1]
    return word === name && value !== undefined && !value.startsWith('--') ? [value] : []
  })
}

/** Where an administrator puts profiles for everyone at this computer; read-only for the app. */
export function machineProfileFolder(): string {
  if (process.platform === 'win32') return path.join(process.env.ProgramData ?? 'C:\\ProgramData', 'Watchpost', 'sites')
  if (process.platform === 'darwin') return '/Library/Application Support/Watchpost/sites'
  return '/etc/watchpost/sites'
}
