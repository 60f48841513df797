import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { createLog, createMemoryLog } from '../../../src-main/log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (name = 'watchpost.log'): string => readFileSync(path.join(folder, name), 'utf8')

it('writes one line at once, with time, level and room', () => {
  const log = createLog({ folder, level: 'info', onScreen: false })
  log.scope('xprotect').info('signed in as 100 % operator %s %d %c {text} $& {scope}')
  log.scope('xprotect').debug('not at this level')
  expect(read()).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z info {2}\(xprotect\) signed in as 100 % operator %s %d %c \{text\} \$& \{scope\}\n$/,
  )
})

it('writes a cause with its stack and what is behind it, scrubbed, on the same line', () => {
  const log = createLog({ folder, level: 'info', onScreen: false })
  log.registerSecret('hunter2')
  const cause = new AppError({ kind: 'signed-out' }, { cause: new Error('login with hunter2 failed\n2026 forged') })
  log.scope('handlers').error('signIn failed', cause)
  const [line, ...rest] = read().trimEnd().split('\n')
  expect(rest).toEqual([])
  expect(line).toContain('(handlers) signIn failed: AppError: signed-out')
  expect(line).toContain('log.test.ts')
  expect(line).toContain(String.raw`<- Error: login with [secret] failed\n2026 forged`)
})

it('says what it can of causes that are no errors', () => {
  const log = createMemoryLog()
  const ring: Record<string, unknown> = {}
  ring.ring = ring
  for (const cause of [{ a: 1 }, ring, 1n, () => 1, null, 'text']) log.scope('page').warn('odd', cause)
  expect(log.lines).toEqual([
    'warn (page) odd: {"a":1}',
    'warn (page) odd: object',
    'warn (page) odd: bigint',
    'warn (page) odd: function',
    'warn (page) odd: null',
    'warn (page) odd: text',
  ])
})

it('goes no further than five errors deep, also in a circle', () => {
  const log = createMemoryLog()
  const circle = new Error('round')
  circle.cause = circle
  circle.stack = 'Error: round'
  log.scope('trust').error('lost', circle)
  expect(log.lines).toEqual([`error (trust) lost: ${new Array(5).fill('Error: round').join(' <- ')}`])
})

it('begins a new file after 10 MB and keeps four older ones, readable by this user only', () => {
  for (let age = 1; age <= 4; age++) writeFileSync(path.join(folder, `watchpost.${age}.log`), `file ${age}`)
  writeFileSync(path.join(folder, 'watchpost.log'), Buffer.alloc(10 * 1024 * 1024 + 1, 'x'))
  createLog({ folder, level: 'info', onScreen: false }).scope('sites').info('first line of the new file')

  expect(readdirSync(folder).sort()).toEqual([
    ...['watchpost.1.log', 'watchpost.2.log', 'watchpost.3.log', 'watchpost.4.log', 'watchpost.log'],
  ])
  expect([read('watchpost.2.log'), read('watchpost.4.log')]).toEqual(['file 1', 'file 3'])
  expect(read()).toContain('first line of the new file')
  expect(statSync(path.join(folder, 'watchpost.log')).mode & 0o077).toBe(0)
})

it('costs the log, not the app, where the folder cannot be written to', () => {
  const log = createLog({ folder: '/dev/null/nowhere', level: 'info', onScreen: false })
  expect(() => log.scope('sites').info('lost')).not.toThrow()
})

it('costs the lines that were meant for a full disk, not the app, and goes on when there is room', () => {
  const file = path.join(folder, 'watchpost.log')
  const log = createLog({ folder, level: 'info', onScreen: false }).scope('sites')
  log.info('before')
  renameSync(file, path.join(folder, 'kept.log'))
  // Takes no byte, as a disk without room.
  symlinkSync('/dev/full', file)
  expect(() => log.info('lost')).not.toThrow()
  unlinkSync(file)
  log.info('after')
  expect(read('kept.log')).toMatch(/before\n$/)
  expect(read()).toMatch(/after\n$/)
  expect(read()).not.toContain('lost')
})
