import path from 'node:path'

/** What a starter may say on the command line. Anything else is Chromium's or is ignored. */
export interface Arguments {
  /** Site profiles named one by one: `--profile FILE`, as often as wanted. */
  profiles: string[]
  /** Profiles to be checked instead of starting: `--check-profile FILE`. Absent where the word is not said; empty where no file follows. */
  toCheck?: string[]
}

/** Reads our own words out of a command line (without the program's name). */
export function readArguments(words: string[]): Arguments {
  const checks = words.some((word) => word === '--check-profile' || word.startsWith('--check-profile='))
  return {
    profiles: filesAfter('--profile', words),
    ...(checks && { toCheck: filesAfter('--check-profile', words) }),
  }
}

function filesAfter(name: string, words: string[]): string[] {
  const files = words.flatMap((word, index) => {
    if (word.startsWith(`${name}=`)) return [word.slice(name.length + 1)]
    const value = words[index + 1]
    return word === name && value !== undefined && !value.startsWith('--') ? [value] : []
  })
  return files.map((file) => path.resolve(file))
}

/** Where an administrator puts profiles for everyone at this computer; read-only for the app. */
export function machineProfileFolder(): string {
  if (process.platform === 'win32') return path.join(process.env.ProgramData ?? 'C:\\ProgramData', 'Watchpost', 'sites')
  if (process.platform === 'darwin') return '/Library/Application Support/Watchpost/sites'
  return '/etc/watchpost/sites'
}
