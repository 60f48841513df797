import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CaptureProbe } from '../../../src-preload/contract/models/capture.ts'
import type { ServiceNeeds } from '../../../src-main/services.ts'
import { reading } from '../../../src-main/xprotect/capture/probes.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { failureOf, north, ProfileRoom, profile, south } from './profile-room.ts'

let simulator: Simulator
let room: ProfileRoom
let out: string
beforeAll(async () => {
  simulator = await startSimulator({ media: null, user: 'canary-operator' })
})
afterAll(() => simulator.stop())
beforeEach(() => {
  room = new ProfileRoom()
  out = mkdtempSync(path.join(tmpdir(), 'capture-'))
})
afterEach(async () => {
  await room.close()
  rmSync(out, { recursive: true })
})

async function open(more: Partial<ServiceNeeds> = {}): Promise<void> {
  const trust = { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256] } }
  for (const [id, name] of [
    [north, 'Canary North'],
    [south, 'Canary South'],
  ] as const)
    room.put(room.user, `${id}.watchpost.json`, profile(id, name, { gateway: [simulator.gateway], trust }))
  await room.open(more)
}
const signIn = (siteId = north): Promise<void> =>
  room.ask('signIn', { siteId, user: simulator.user, password: simulator.password })
const files = (folder: string): string[] => readdirSync(folder).sort()
const textsIn = (folder: string): string =>
  files(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n')
const expected = (probes: string[]): string[] =>
  ['index.md', ...[...reading.map(({ name }) => name), ...probes].map((name) => `${name}.json`)].sort()

describe('server facts captured from the page', () => {
  it('are written into a new folder inside the one chosen, and name nothing of the site', async () => {
    await open()
    await signIn()
    room.chosen = out
    const done = await room.ask('captureFacts', { siteId: north, probes: CaptureProbe.options })
    expect([files(out), path.dirname(done!.folder)]).toEqual([[path.basename(done!.folder)], out])
    expect(path.basename(done!.folder)).toMatch(/^watchpost-capture-\d{8}T\d{6}Z$/)
    expect(files(done!.folder)).toEqual(expected(CaptureProbe.options))
    expect(done!.files).toBe(files(done!.folder).length)
    const { site, user, password } = simulator
    const names = ['Canary', site.name, site.id, user, password, ...site.cameras.flatMap(({ name, id }) => [name, id])]
    const all = textsIn(done!.folder)
    expect(names.filter((name) => new RegExp(`\\b${name.replace(/[^\w ]/g, '\\$&')}\\b`, 'i').test(all))).toEqual([])
  })

  it('are not asked for where no folder was chosen', async () => {
    await open()
    await signIn()
    expect(await room.ask('captureFacts', { siteId: north, probes: [] })).toBeNull()
    expect(room.said).not.toContain('captured')
  })

  it('need somebody signed in, and a folder that can be written to', async () => {
    await open()
    room.chosen = out
    const ask = () => failureOf(room.ask('captureFacts', { siteId: north, probes: [] }))
    expect(await ask()).toEqual({ kind: 'signed-out' })
    await signIn()
    room.chosen = room.put(out, 'a-file', 'in the way')
    expect(await ask()).toMatchObject({
      kind: 'bad-file',
      problem: expect.stringContaining('was not written') as string,
    })
  })

  it('are called off at any time before the files are there, and then none is left', async () => {
    await open()
    await signIn()
    room.chosen = out
    const asked = room.ask('captureFacts', { siteId: north, probes: [] })
    await vi.waitFor(() => expect(room.said).toContain('captured discovery'))
    await room.ask('callOffCapture', { siteId: south })
    await room.ask('callOffCapture', { siteId: north })
    expect([await asked, files(out)]).toEqual([null, []])
    expect(room.said).toContain('a capture was called off: no file was left')
    expect((await room.ask('captureFacts', { siteId: north, probes: [] }))!.files).toBeGreaterThan(1)
  })

  it('end with the session, and leave nothing', async () => {
    await open()
    await signIn()
    room.chosen = out
    const asked = failureOf(room.ask('captureFacts', { siteId: north, probes: [] }))
    await vi.waitFor(() => expect(room.said).toContain('captured discovery'))
    await room.ask('signOut', { siteId: north })
    expect([await asked, files(out)]).toEqual([{ kind: 'signed-out' }, []])
  })

  it('may act in every way the contract has a name for', async () => {
    await open()
    expect(await room.ask('listCaptureProbes')).toEqual(CaptureProbe.options)
  })
})

describe('server facts ordered on the command line', () => {
  const line = (folder: string): string => `captured ${expected(['bookmark']).length} files into ${folder}`

  it('are captured once, as soon as the site of that name is open', async () => {
    const folder = path.join(out, 'ordered')
    await open({ capture: { folder, site: 'Canary South', probes: ['bookmark'] } })
    await signIn(north)
    expect(readdirSync(out)).toEqual([])
    await signIn(south)
    await vi.waitFor(() => expect(room.said).toContain(line(folder)), { timeout: 15_000 })
    expect(files(folder)).toEqual(expected(['bookmark']))
    await room.ask('signOut', { siteId: south })
    await signIn(south)
    expect(room.said.split('files into')).toHaveLength(2)
    expect(room.said).not.toContain('--capture failed')
  })

  it('say in the log why nothing was written', async () => {
    const folder = room.put(out, 'a-file', 'in the way')
    await open({ capture: { folder, site: south, probes: [] } })
    await signIn(south)
    await vi.waitFor(() => expect(room.said).toContain('--capture failed: {"kind":"bad-file"'), { timeout: 15_000 })
  })

  it('say in the log which sites there are where none is meant', async () => {
    await open({ capture: { folder: out, probes: [] } })
    expect(room.said).toContain(
      'waits for the only site, but this computer knows Canary North, Canary South; say which by --site',
    )
    await open({ capture: { folder: out, site: 'West', probes: [] } })
    expect(room.said).toContain('--capture waits for the site West, but this computer knows Canary North, Canary South')
  })
})
