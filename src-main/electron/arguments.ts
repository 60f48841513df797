import path from 'node:path'

/** What a starter may say on the command line. Anything else is Chromium's or is ignored. */
export interface Arguments {
  /** Site profiles named one by one: `--profile FILE`, as often as wanted. */
  profiles: string[]
}

/** Reads our own words out of a command line (without the program's name). */
export function readArguments(words: string[]): Arguments {
  const profiles = words.flatMap((word, index) => {
    if (word.startsWith('--profile=')) return [word.slice('--profile='.length)]
    const value = words[index + 1]
    return word === '--profile' && value !== undefined && !value.startsWith('--') ? [value] : []
  })
  return { profiles: profiles.map((file) => path.resolve(file)) }
}

/** Where an administrator puts profiles for everyone at this computer; read-only for the app. */
export function machineProfileFolder(): string {
  if (process.platform === 'win32') return path.join(process.env.ProgramData ?? 'C:\\ProgramData', 'Watchpost', 'sites')
  if (process.platform === 'darwin') return '/Library/Application Support/Watchpost/sites'
  return '/etc/watchpost/sites'
}
