import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { createServices, type Services } from '../../../src-main/services.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'
import { makeFolders, north, origin, otherPin, pin, pinnedTo, profileOf, south, type Folders } from './support.ts'

/**
 * Bad inputs A 1 to 24 of the security notes, each as a real file beside a good one (R21): main starts, the good site is
 * usable, and the bad file is named with what is wrong. `null` means that this one is to be read as if nothing were odd.
 */
interface Row {
  what: string
  /** Makes the file `bad.watchpost.json` what it is. */
  make: (file: string) => void
  problem: string | RegExp | null
}

const good = profileOf(south, 'Good', pinnedTo(pin))
const text = JSON.stringify(profileOf(north, 'Odd', pinnedTo(pin)), null, 2)
const odd = (more: object): string => JSON.stringify(profileOf(north, 'Odd', more))
const holding = (content: string | Uint8Array) => (file: string) => writeFileSync(file, content)
const address = (problem = 'must be https://host or https://host:port'): string => `gateway > 0: ${problem}`
const withGateway = (gateway: string) => holding(odd({ gateway: [gateway] }))
const withPin = (wished: string) => holding(odd(pinnedTo(wished)))
const inTrust = (problem: string): string => `trust > ${origin} > pins > 0: ${problem}`
const shape = 'Invalid string: must match pattern /^[0-9a-f]{64}$/'
const wrong = (more: object, problem: string | RegExp): Omit<Row, 'what'> => ({ make: holding(odd(more)), problem })
const notPrinting = 'name: holds characters that do not print'

const rows: Row[] = [
  { what: 'A1 empty', make: holding(''), problem: 'is empty' },
  { what: 'A3 filled with NUL', make: holding('\0'.repeat(200)), problem: 'is not UTF-8 text' },
  { what: 'A4 with a byte order mark', make: holding(`\ufeff${text}`), problem: null },
  { what: 'A5 of UTF-16', make: holding(Buffer.from(`\ufeff${text}`, 'utf16le')), problem: 'is not UTF-8 text' },
  { what: 'A6 null', make: holding('null'), problem: /^the whole: Invalid input/ },
  { what: 'A7 a list', make: holding('[]'), problem: /^the whole: Invalid input/ },
  { what: 'A8 a version in words', ...wrong({ version: '1' }, /^version: /) },
  { what: 'A8 a number for an id', ...wrong({ id: 7 }, /^id: /) },
  { what: 'A8 a list for a name', ...wrong({ name: ['Odd'] }, /^name: /) },
  { what: 'A8 a text for gateways', ...wrong({ gateway: origin }, /^gateway: /) },
  { what: 'A8 a list for an identity provider', ...wrong({ idp: [origin] }, /^idp: /) },
  { what: 'A8 a text for recorders', ...wrong({ recorders: origin }, /^recorders: /) },
  ...['api/rest', '//host/api', '/api/../x', '/api?x=1', '/api/', 'https://host/api', '/'].map((singleShotPath) => ({
    what: `A8 the path ${singleShotPath}`,
    ...wrong({ singleShotPath }, /^singleShotPath: must be a path on the gateway/),
  })),
  { what: 'A8 a list for trust', ...wrong({ trust: [] }, /^trust: /) },
  {
    what: 'A8 an authority that is a number',
    ...wrong({ trust: { [origin]: { mode: 'ca', ca: [7] } } }, /^trust > .* > ca > 0: /),
  },
  { what: 'A8 a word for sign-in', ...wrong({ signIn: 'basic' }, /^signIn: /) },
  { what: 'A8 a number for a user', ...wrong({ user: 7 }, /^user: /) },
  {
    what: 'A8 a view of half a row',
    ...wrong({ view: { rows: 0.5, columns: 1, cameras: 'first' } }, /^view > rows: /),
  },
  { what: 'A8 seconds in words', ...wrong({ recording: { maxSeconds: '60' } }, /^recording > maxSeconds: /) },
  {
    what: 'A8 a camera for the tray that is none',
    ...wrong({ tray: { cameras: ['Lobby'] } }, /^tray > cameras > 0: /),
  },
  {
    what: 'A8 a policy in words',
    ...wrong({ policy: { operatorsMayAddSites: 'no' } }, /^policy > operatorsMayAddSites: /),
  },
  {
    what: 'A9 of a newer version',
    ...wrong({ version: 2, shape: 'new' }, 'is of a newer version than this program knows'),
  },
  { what: 'A10 with the id of another', ...wrong({ id: south }, /^has the same id as .*good\.watchpost\.json$/) },
  {
    what: 'A10 with that id in capitals',
    ...wrong({ id: south.toUpperCase() }, /^has the same id as .*good\.watchpost\.json$/),
  },
  { what: 'A11 with the server of another and another pin', make: holding(odd(pinnedTo(otherPin))), problem: null },
  { what: 'A12 of plain HTTP', make: withGateway('http://gateway.example'), problem: address() },
  {
    what: 'A12 with a user in the address',
    make: withGateway('https://root:hunter2@gateway.example'),
    problem: 'holds a secret; profiles must not',
  },
  {
    what: 'A12 with a user and no password',
    make: withGateway('https://root@gateway.example'),
    problem: 'holds a secret; profiles must not',
  },
  { what: 'A12 with a path', make: withGateway('https://gateway.example/api'), problem: address() },
  { what: 'A12 with a script for an address', make: withGateway('javascript:alert(1)'), problem: address() },
  { what: 'A12 with a look-alike letter', make: withGateway('https://g\u0430teway.example'), problem: address() },
  { what: 'A12 at port 0', make: withGateway('https://gateway.example:0'), problem: address() },
  { what: 'A12 at port 65536', make: withGateway('https://gateway.example:65536'), problem: address() },
  { what: 'A13 with a pin of 63 digits', make: withPin(pin.slice(1)), problem: inTrust(shape) },
  { what: 'A13 with a pin of 65 digits', make: withPin(`${pin}a`), problem: inTrust(shape) },
  { what: 'A13 with a pin in capitals', make: withPin(pin.toUpperCase()), problem: null },
  { what: 'A13 with colons in a pin', make: withPin(pin.replace(/..(?=.)/g, '$&:')), problem: null },
  { what: 'A13 with blanks in a pin', make: withPin(pin.replace(/..(?=.)/g, '$& ')), problem: null },
  { what: 'A13 with a pin of zeros', make: withPin('0'.repeat(64)), problem: inTrust('is all zeros') },
  {
    what: 'A14 with __proto__',
    make: holding(`{"__proto__":{"polluted":true},${text.slice(1)}`),
    problem: 'holds a forbidden key',
  },
  {
    what: 'A14 with constructor',
    make: holding(`{"constructor":{"prototype":{"polluted":true}},${text.slice(1)}`),
    problem: 'holds a forbidden key',
  },
  {
    what: 'A15 nested 100,000 deep',
    make: holding(`{"view":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
    problem: 'is nested too deeply',
  },
  {
    what: 'A16 of 200 MB',
    make(file) {
      writeFileSync(file, text)
      truncateSync(file, 200e6)
    },
    problem: 'is too large',
  },
  {
    what: 'A16 holding 50,000 profiles',
    make: holding(JSON.stringify(new Array(50_000).fill({ version: 1 }))),
    problem: 'is too large',
  },
  {
    what: 'A17 read-only',
    make(file) {
      writeFileSync(file, text)
      chmodSync(file, 0o444)
    },
    problem: null,
  },
  { what: 'A18 a folder', make: (file) => mkdirSync(file), problem: 'is not a file' },
  { what: 'A18 a device', make: (file) => symlinkSync('/dev/zero', file), problem: 'is not a file' },
  { what: 'A18 a pipe', make: (file) => void execFileSync('/usr/bin/mkfifo', [file]), problem: 'is not a file' },
  {
    what: 'A19 a link to another kind of file',
    make: (file) => symlinkSync('/etc/passwd', file),
    problem: 'is not JSON',
  },
  { what: 'A19 a link to nowhere', make: (file) => symlinkSync('/nowhere/at/all', file), problem: 'it is not there' },
  { what: 'A19 a link to itself', make: (file) => symlinkSync(path.basename(file), file), problem: 'ELOOP' },
  {
    what: 'A23 with a password',
    ...wrong({ password: 'hunter2' }, 'holds a key named like a secret; profiles must not'),
  },
  {
    what: 'A23 with a token among the settings',
    ...wrong(
      { signIn: { kind: 'basic', refreshToken: 'hunter2' } },
      'holds a key named like a secret; profiles must not',
    ),
  },
  {
    what: 'A23 with a signed token for a user',
    ...wrong({ user: 'eyJhbGciOiJSUzI1NiJ9.hunter2hunter2.x' }, 'holds a secret; profiles must not'),
  },
  {
    what: 'A23 with a private key for an authority',
    ...wrong(
      { trust: { [origin]: { mode: 'ca', ca: ['-----BEGIN PRIVATE KEY-----hunter2'] } } },
      'holds a secret; profiles must not',
    ),
  },
  { what: 'A24 with a line break in its name', ...wrong({ name: 'Odd\r\nOther' }, notPrinting) },
  { what: 'A24 with NUL in its name', ...wrong({ name: 'Odd\0' }, notPrinting) },
  { what: 'A24 with a name that is read from the right', ...wrong({ name: 'Odd\u202eesrever' }, notPrinting) },
]

let folder: string
let services: Services | undefined
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'bad-'))))
afterEach(async () => {
  await services?.close()
  services = undefined
  rmSync(folder, { recursive: true })
})

/** Starts main over the folder and lists what the page would see. */
async function start(): Promise<{ sites: Site[]; lines: string }> {
  await services?.close()
  const log = createMemoryLog()
  services = await createServices({
    profiles: { userFolder: folder, extraFiles: [] },
    preferences: createPreferenceMemory(),
    log,
    announce: () => undefined,
  })
  const listed = await services.answer('listSites', undefined)
  if (!listed.ok) throw new Error(listed.failure.kind)
  return { sites: structuredClone(listed.value) as Site[], lines: log.lines.join('\n') }
}
const problemOf = (site: Site | undefined): Failure | undefined =>
  site?.state.phase === 'signed-out' ? site.state.problem : undefined

describe('a profile file that is', () => {
  it.each(rows)('$what', async ({ make, problem }) => {
    const file = path.join(folder, 'bad.watchpost.json')
    writeFileSync(path.join(folder, 'good.watchpost.json'), JSON.stringify(good))
    make(file)
    // A twin yields to the file named first: the good one is to be that.
    const isTwin = problem instanceof RegExp && problem.source.includes('same id')
    if (isTwin) execFileSync('/bin/mv', [file, path.join(folder, 'zad.watchpost.json')])
    const { sites, lines } = await start()

    const named = sites.find(({ name }) => name === (problem === null ? 'Odd' : isTwin ? 'zad' : 'bad'))
    expect(sites.find(({ name }) => name === 'Good')?.state).toEqual({ phase: 'signed-out' })
    if (problem === null) expect(named?.state).toEqual({ phase: 'signed-out' })
    else
      expect(problemOf(named)).toMatchObject({
        kind: 'bad-file',
        problem: typeof problem === 'string' ? problem : (expect.stringMatching(problem) as string),
      })
    expect(JSON.stringify(sites) + lines).not.toContain('hunter2')
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('with a store that saves', () => {
  let folders: Folders
  beforeEach(() => (folders = makeFolders()))
  afterEach(() => folders.clean())

  it('A2 cut off at every byte, without a backup: named each time, and left as it is', async () => {
    const verdicts = new Set<string>()
    for (let end = 1; end < text.length; end++) {
      const file = folders.put(folders.userFolder, 'bad', text.slice(0, end))
      const { profiles, problems } = (await folders.open()).found
      verdicts.add(JSON.stringify([profiles, problems.map(({ problem }) => problem)]))
      expect(readFileSync(file, 'utf8')).toBe(text.slice(0, end))
    }
    expect([...verdicts]).toEqual(['[[],["is not JSON"]]'])
  })

  it('A2 cut off anywhere: the last good one is back, with its pins, and no other was lost', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North', pinnedTo(otherPin)))
    const store = await folders.open()
    await store.saveRepin(north, origin, pin)
    const whole = readFileSync(file, 'utf8')
    for (let end = 0; end < whole.length - 2; end += 5) {
      writeFileSync(file, whole.slice(0, end))
      const { found } = await folders.open([], Date.UTC(2026, 0, 2) + end)
      expect(found).toMatchObject({ profiles: [{ profile: { id: north, ...pinnedTo(pin) } }], problems: [] })
    }
  })

  it('A20 changed by another program while running: that change is kept', async () => {
    folders.put(folders.userFolder, 'a', profileOf(north, 'North'))
    const store = await folders.open()
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North', { user: 'the other program' }))
    await store.savePin(north, origin, pin)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ user: 'the other program', ...pinnedTo(pin) })
  })

  it('A21 the disk full while saving: the old file stands, and saving works when there is room', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North'))
    const before = readFileSync(file, 'utf8')
    const store = await folders.open()
    folders.disk.free = 1_000
    await expect(store.savePin(north, origin, pin)).rejects.toMatchObject({
      failure: { kind: 'bad-file', file, problem: 'was not saved: the disk is full' },
    })
    expect(readFileSync(file, 'utf8')).toBe(before)
    folders.disk.free = 1e9
    await store.savePin(north, origin, pin)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(pinnedTo(pin))
  })

  it.runIf(process.getuid?.() === 0)('A22 owned by another user: read, and ours once it is saved', async () => {
    const file = folders.put(folders.userFolder, 'a', profileOf(north, 'North'))
    chownSync(file, 65_534, 65_534)
    const store = await folders.open()
    expect(store.found.profiles).toMatchObject([{ profile: { name: 'North' } }])
    await store.savePin(north, origin, pin)
    expect((await folders.open()).found.profiles).toMatchObject([{ profile: pinnedTo(pin) }])
  })

  it('A16 one of 5,000 in a folder: a thousand are read, and the folder is named', async () => {
    for (let number = 0; number < 5_000; number++)
      writeFileSync(path.join(folders.userFolder, `${number}.watchpost.json`), '')
    const { found } = await folders.open()
    expect(found.problems).toHaveLength(1_001)
    expect(found.problems[0]).toMatchObject({ file: folders.userFolder, problem: 'holds more than 1000 profiles' })
  })
})
