import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CapturedFile } from '../../../../src-main/xprotect/capture/capture.ts'
import { acting, reading } from '../../../../src-main/xprotect/capture/probes.ts'
import { startSimulator, type Simulator } from '../../../simulator/start.ts'
import { openDesk, siteId } from '../../sites/desk.ts'
import { FakeGateway, guid, html, json } from '../support/fake-gateway.ts'
import { realSite } from '../support/real-site.ts'
import { bench, failureIn } from '../support/site.ts'

const never = new AbortController().signal
const wishOf = (probes: string[] = []) => ({
  probes,
  hosts: ['vms.canary.example'],
  names: ['Canary Plant', 'canary-user'],
  at: '2026-01-05',
})

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function captured(
  probes: string[],
  profile: '25.1' | '25.2' = '25.1',
): Promise<{ simulator: Simulator; files: CapturedFile[]; asked: string[] }> {
  const asked: string[] = []
  const simulator = await startSimulator({ media: null, profile, user: 'canary-operator', jpegGetLive: true })
  closing.push(() => simulator.stop())
  const site = realSite(simulator, (pinned) => ({
    openSocket: (wish) => pinned.openSocket(wish),
    request(exchange) {
      asked.push(`${exchange.method} ${exchange.path}`)
      return pinned.request(exchange)
    },
  }))
  closing.push(site.close)
  await site.server.signIn(simulator.user, simulator.password)
  asked.length = 0
  const files = await site.server.capture(
    { ...wishOf(probes), hosts: [new URL(simulator.gateway).hostname], names: [simulator.user] },
    never,
  )
  return { simulator, files, asked }
}

const textOf = (files: CapturedFile[], name: string): string => files.find((file) => file.name === name)!.text

describe('a capture that is called off', () => {
  const refusalOf = (capture: Promise<unknown>): Promise<unknown> => capture.catch((error: unknown) => error)

  it('asks nothing more, and answers with the reason', async () => {
    const made = bench()
    const calledOff = new AbortController()
    made.gateway.when(/recordingServers/, () => {
      calledOff.abort()
      return json({ array: [] })
    })
    await made.server.signIn('anna', 'secret')
    const refusal = await refusalOf(made.server.capture(wishOf(['bookmark']), calledOff.signal))
    expect(refusal).toBe(calledOff.signal.reason)
    const at = made.gateway.lines.findIndex((line) => line.includes('recordingServers'))
    expect(made.gateway.lines.slice(at + 1)).toEqual([])
  })

  it('takes back first what a probe did', async () => {
    const made = bench()
    const calledOff = new AbortController()
    const bookmark = guid(5)
    made.gateway
      .when('GET /api/rest/v1/cameras?', json({ array: [{ id: guid(1) }] }))
      .when('POST /api/rest/v1/bookmarks', () => {
        calledOff.abort()
        return json({ result: { id: bookmark } })
      })
    await made.server.signIn('anna', 'secret')
    const refusal = await refusalOf(made.server.capture(wishOf(['bookmark', 'video-session']), calledOff.signal))
    expect(refusal).toBe(calledOff.signal.reason)
    expect(made.gateway.lines.slice(-3)).toEqual([
      'POST /api/rest/v1/bookmarks',
      `PATCH /api/rest/v1/bookmarks/${bookmark}`,
      `DELETE /api/rest/v1/bookmarks/${bookmark}`,
    ])
  })
})

describe('a capture of the simulator', () => {
  it('holds none of its names, ids, addresses and tokens, whatever was asked', async () => {
    const { simulator, files } = await captured(acting.map(({ name }) => name))
    const { site } = simulator
    const names = [
      site.name,
      site.computerName,
      simulator.user,
      simulator.password,
      ...site.cameras.map(({ name }) => name),
      ...site.hardware.flatMap(({ name, address }) => [name, new URL(address).hostname]),
      ...site.groups.map(({ name }) => name),
    ].filter((name) => name !== '127.0.0.1')
    const ids = [
      site.id,
      site.recordingServerId,
      site.storageId,
      ...site.cameras.flatMap(({ id, streams }) => [id, ...streams.map((stream) => stream.id)]),
      ...site.hardware.map(({ id }) => id),
      ...site.groups.map(({ id }) => id),
    ]
    const all = files.map(({ text }) => text).join('\n')
    const isNamed = (name: string): boolean => new RegExp(`\\b${name.replace(/[^\w ]/g, '\\$&')}\\b`, 'i').test(all)
    expect(names.filter(isNamed)).toEqual([])
    expect(ids.filter((id) => all.toLowerCase().includes(id))).toEqual([])
    expect(all).not.toMatch(/eyJ|Bearer|127\.0\.0\.1:\d+\/API|a=ice-pwd:(?!A{24})|a=fingerprint:\S+ (?!AA:AA)/)
    expect([names.length > 20, ids.length > 30]).toEqual([true, true])
  })

  it('keeps what it was made for: statuses, fields, the server’s own words', async () => {
    const { files } = await captured(['video-session'])
    expect(textOf(files, 'sites.json')).toContain('"version": "25.1.1804.0"')
    expect(textOf(files, 'licences.json')).toContain('XProtect Professional+ 2025 R1')
    expect(textOf(files, 'camera-tasks.json')).toContain('"id": "JpegGetLive"')
    expect(textOf(files, 'refusals.json')).toContain('Bad request: Unknown request')
    expect(textOf(files, 'cameras.json')).toMatch(/"recordingEnabled": (true|false)/)
    expect(textOf(files, 'video-session.json')).toMatch(/m=video 9 UDP\/TLS\/RTP\/SAVP/)
  })

  it('calls the same thing by the same name in every file', async () => {
    const { files } = await captured([])
    const camera = /"id": "([^"]+)"/.exec(textOf(files, 'cameras.json').split('"array"')[1]!)![1]!
    expect(
      [textOf(files, 'camera-tasks.json'), textOf(files, 'streams.json')].map((text) => text.includes(camera)),
    ).toEqual([true, true])
  })

  it('only reads, unless more is asked for by name', async () => {
    const { asked, files, simulator } = await captured([])
    expect([asked.filter((line) => !line.startsWith('GET ')), simulator.state().sessions.length]).toEqual([[], 0])
    expect(files.map(({ name }) => name)).toEqual(['index.md', ...reading.map(({ name }) => `${name}.json`)])
    for (const { name, does } of acting) expect(textOf(files, 'index.md')).toContain(`\`${name}\`: ${does}`)
  })

  it('ends the video session it was asked to open, where the server takes that', async () => {
    const { asked, simulator, files } = await captured(['video-session'], '25.2')
    expect(asked.filter((line) => line.includes('WebRTC')).map((line) => line.split(' ')[0])).toEqual([
      'POST',
      'GET',
      'DELETE',
    ])
    expect([simulator.state().sessions.length, textOf(files, 'index.md').includes('- `video-session`')]).toEqual([
      0,
      false,
    ])
  })
})

describe('a capture', () => {
  it('of a probe nobody knows asks nothing', async () => {
    const made = bench()
    await made.server.signIn('anna', 'secret')
    const before = made.gateway.asked.length
    expect(await failureIn(made.server.capture(wishOf(['delete-everything']), never))).toEqual({
      kind: 'not-found',
      what: 'probe delete-everything',
    })
    expect(made.gateway.asked.length).toBe(before)
  })

  it('of hostile answers is made all the same, and puts nothing but ids into paths', async () => {
    const gateway = new FakeGateway()
    gateway
      .when(/GET/, html(502))
      .when('GET /api/rest/v1/cameras?', json({ array: [{ id: '../../admin', name: 'canary-name' }] }))
      .when('GET /api/rest/v1/sites', json(JSON.parse('{"__proto__":{"x":1},"a":'.repeat(50) + '1' + '}'.repeat(50))))
      .when('GET /api/rest/v1/hardware', { kind: 'unreachable', what: 'server', how: 'reset' })
      .when('POST /API/IDP/connect/token', json({ access_token: 'canary-token', expires_in: 3600 }))
    const made = bench({ gateway })
    await made.server.signIn('anna', 'secret')
    const files = await made.server.capture(wishOf(), never)
    expect(gateway.lines.filter((line) => line.includes('admin'))).toEqual([])
    expect([textOf(files, 'hardware.json').includes('"failed": "unreachable"'), files.length]).toEqual([
      true,
      reading.length + 1,
    ])
    expect(JSON.stringify(files)).not.toContain('canary')
  })

  it('finds a name learnt from one answer in the sentences of another, and in any letter case', async () => {
    const gateway = new FakeGateway()
    gateway
      .when(
        'GET /api/rest/v1/cameras?',
        json({ array: [{ id: guid(1), name: 'Canary Lobby', gisPoint: 'POINT (9.1 48.7)' }] }),
      )
      .when(
        'GET /api/rest/v1/storages',
        json(
          { error: { details: [{ errorText: `No CANARY LOBBY (${guid(1)}) at vms.canary.example, 198.51.100.7` }] } },
          400,
        ),
      )
      .when('POST /API/IDP/connect/token', json({ access_token: 'token', expires_in: 3600 }))
    const made = bench({ gateway })
    await made.server.signIn('anna', 'secret')
    const files = await made.server.capture(wishOf(), never)
    const all = JSON.stringify(files)
    expect(all).not.toMatch(/canary|198\.51|48\.7/i)
    expect(textOf(files, 'refusals.json')).toMatch(
      /No name-\d+ \(00000000-0000-4000-8000-0+\d\) at host-1\.example, 192\.0\.2\.1/,
    )
  })
})

it('main writes it into a folder for this user alone, over nothing', async () => {
  const simulator = await startSimulator({ media: null, special: false })
  closing.push(() => simulator.stop())
  const folder = mkdtempSync(path.join(tmpdir(), 'capture-'))
  closing.push(() => rmSync(folder, { recursive: true }))
  const desk = await openDesk({
    name: 'Canary North',
    gateway: [simulator.gateway],
    trust: { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256] } },
  })
  closing.push(() => desk.close())
  const into = path.join(folder, 'facts')
  const write = () => desk.services.capture(siteId, into, [])
  expect((await failureIn(write()))?.kind).toBe('signed-out')
  await desk.ask('signIn', { siteId, user: simulator.user, password: simulator.password })
  await vi.waitFor(async () => expect((await desk.site()).cameras.phase).toBe('ready'))
  await write()
  expect([readdirSync(into).length, statSync(path.join(into, 'sites.json')).mode & 0o777]).toEqual([
    reading.length + 1,
    0o600,
  ])
  expect(readFileSync(path.join(into, 'index.md'), 'utf8')).toContain('Read the files before you send them')
  expect(await failureIn(write())).toMatchObject({
    kind: 'bad-file',
    problem: expect.stringContaining('there already') as string,
  })
})
