import electronLog from 'electron-log/node'
import { copyFileSync, existsSync, renameSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { createSecrets, scrub } from './scrub.ts'

/** Levels: error = gave up and the operator sees it; warn = odd but handled; info = a lifecycle change; debug = the rest. */
export type Level = 'error' | 'warn' | 'info' | 'debug'

/** The pen of one room. A cause is written after the line, with its stack and the causes behind it. */
export type Scope = Record<Level, (line: string, cause?: unknown) => void>

/** Where rooms write what happened. Every line is scrubbed of secrets before any file or screen sees it. */
export interface Log {
  scope: (room: string) => Scope
  /** Never to appear in a line from now on, in any usual encoding. */
  registerSecret: (secret: string) => void
}

const fileBytes = 10 * 1024 * 1024
const olderFiles = 4

/**
 * The log of the running app: `watchpost.log` and four older files of 10 MB in `folder`. Lines are written at once, so
 * the last ones before a crash are there. A folder that cannot be written to costs the log, never the app.
 */
export function createLog(options: { folder: string; level: Level; onScreen: boolean }): Log {
  const secrets = createSecrets()
  const file = path.join(options.folder, 'watchpost.log')
  const logger = electronLog.create({ logId: file })

  const { console: screen, file: writer } = logger.transports
  writer.setAppName('watchpost') // else it looks for a package.json and throws where there is none
  writer.level = options.level
  writer.resolvePathFn = () => file
  writer.maxSize = fileBytes
  writer.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  writer.archiveLogFn = (full) => shiftFiles(full.path)
  writer.format = ({ message }) => [lineOf(message.date, message.level, message.scope, message.data)]
  screen.level = options.onScreen ? options.level : false
  screen.format = ({ message }) => [lineOf(message.date, message.level, message.scope, message.data)]
  // The sink: whatever road a line took, it passes here before it is written anywhere.
  logger.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) => scrub(asText(part), secrets)),
  }))

  return {
    registerSecret: secrets.register,
    scope: (room) => scopeOf((level, line) => logger.scope(room)[level](line)),
  }
}

/** The log of tests: the same scrubbing, into a list. */
export function createMemoryLog(): Log & { lines: string[] } {
  const secrets = createSecrets()
  const lines: string[] = []
  return {
    lines,
    registerSecret: secrets.register,
    scope: (room) => scopeOf((level, line) => void lines.push(`${level} (${room}) ${scrub(line, secrets)}`)),
  }
}

const scopeOf = (write: (level: Level, line: string) => void): Scope => {
  const at =
    (level: Level) =>
    (line: string, cause?: unknown): void =>
      write(level, cause === undefined ? line : `${line}: ${storyOf(cause)}`)
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') }
}

/** An error with its stack, and up to four errors behind it in one line each. */
function storyOf(cause: unknown, deep = 0): string {
  if (!(cause instanceof Error)) return asText(cause)
  const own = deep === 0 ? (cause.stack ?? cause.message) : `${cause.name}: ${cause.message}`
  if (cause.cause === undefined || deep === 4) return own
  return `${own} <- ${storyOf(cause.cause, deep + 1)}`
}

function asText(part: unknown): string {
  if (typeof part === 'string') return part
  if (part instanceof Error) return storyOf(part)
  try {
    return JSON.stringify({ part }).slice(8, -1) || typeof part // a function or a symbol leaves nothing
  } catch {
    return typeof part // cyclic, too deep or a BigInt: its type is all a line can say
  }
}

const lineOf = (date: Date, level: string, scope: string | undefined, data: unknown[]): string =>
  `${date.toISOString()} ${level.padEnd(5)} (${scope ?? '-'}) ${data.join(' ')}`

/** watchpost.log becomes watchpost.1.log, 1 becomes 2, and the oldest is overwritten. */
function shiftFiles(full: string): void {
  const older = (age: number): string => full.replace(/\.log$/, `.${age}.log`)
  try {
    for (let age = olderFiles - 1; age >= 1; age--) if (existsSync(older(age))) renameSync(older(age), older(age + 1))
    renameSync(full, older(1))
  } catch {
    keepTail(full, older(1))
  }
}

/** Where a file is held open by another program and cannot be renamed: copy it away and start it anew. */
function keepTail(full: string, copy: string): void {
  try {
    copyFileSync(full, copy)
  } finally {
    truncateSync(full)
  }
}
