import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FaultWish } from '../../simulator/start.ts'
import { SiteClient } from './site-client.ts'
import { command, guids, soapToken } from './soap.ts'

let site: SiteClient
beforeEach(async () => {
  site = await SiteClient.start({ outputs: 1, ruleCameras: [5], edition: 'corporate' })
})
afterEach(() => site.stop())

const at = '2025-10-27T15:00:00.0000000Z'
const bookmark = (reference: string) => ({
  header: 'Fight',
  timeBegin: at,
  timeTriggered: at,
  timeEnd: at,
  reference,
  devicePath: { type: 'cameras', id: site.camera(1) },
})
const lock = (reference: string) => ({
  header: 'Fight',
  startTime: at,
  tagTime: at,
  endTime: at,
  reference,
  retentionOption: { retentionType: 'Days', retentionUnits: 7 },
  devicePaths: [{ type: 'cameras', id: site.camera(1) }],
})
const duplicates = () => site.simulator.state().duplicates
const fault = (wish: Partial<FaultWish & { kind: 'path' }>): string =>
  site.simulator.addFault({ kind: 'path', path: '*', ...wish })

it('sees the same reference twice, and different ones not', async () => {
  for (const reference of ['WP-1', 'WP-2', 'WP-1']) await site.ask('POST', 'bookmarks', bookmark(reference))
  for (const reference of ['WP-1', 'WP-3', 'WP-3']) await site.ask('POST', 'evidenceLocks', lock(reference))
  const repeated = duplicates().references.map(({ kind, reference, ids }) => [kind, reference, new Set(ids).size])
  expect(repeated).toEqual([
    ['bookmark', 'WP-1', 2],
    ['evidence lock', 'WP-3', 2],
  ])
})

it('sees the same command twice in a row on one thing, and not one that was undone between', async () => {
  const output = `outputs/${String((await site.list('outputs'))[0]!['id'])}`
  const token = await soapToken(site.simulator)
  const record = (method: string, number: number) =>
    command(site.simulator, method, token, guids([site.camera(number)]))
  const fire = async (name: string) => site.ask('POST', 'events', { type: await site.idOf('userDefinedEvents', name) })
  for (const task of ['Activate', 'Deactivate', 'Activate']) await site.ask('POST', `${output}?task=${task}`)
  for (const method of ['StartManualRecording', 'StopManualRecording', 'StartManualRecording']) await record(method, 1)
  for (const name of ['Start', 'Stop', 'Start']) await fire(`${name} recording: Lobby`)
  await record('StartManualRecording', 2)
  expect([site.simulator.state().commands.length, duplicates()]).toEqual([10, { commands: [], references: [] }])
  await site.ask('POST', `${output}?task=Activate`)
  await record('StartManualRecording', 1)
  await fire('Start recording: Lobby')
  expect(duplicates().commands.map(({ command: name, target }) => [name, target.split('/')[0]])).toEqual([
    ['Activate', 'outputs'],
    ['StartManualRecording', 'cameras'],
    ['POST /events Start recording: Lobby', 'rules'],
  ])
})

it('a recording that ran out is over: to start it again is no duplicate', async () => {
  const token = await soapToken(site.simulator)
  const record = () => command(site.simulator, 'StartManualRecording', token, guids([site.camera(1)]))
  await record()
  await site.simulator.act({ do: 'set-clock', offsetSeconds: 16 * 60 })
  await expect.poll(() => site.simulator.state().recordings[0]!.endedBy).toBe('time-out')
  await record()
  expect(duplicates().commands).toEqual([])
})

it('a request lost before it was done did nothing, one lost after it did', async () => {
  const output = `outputs/${String((await site.list('outputs'))[0]!['id'])}`
  const done = () => site.simulator.state().commands.length
  fault({ lost: 'before', times: 1, command: 'Activate' })
  await expect(site.ask('POST', `${output}?task=activate`)).rejects.toThrow()
  expect(done()).toBe(0)
  fault({ lost: 'after', times: 1, path: '/api/rest/v1/bookmarks', method: 'POST' })
  await expect(site.ask('POST', 'bookmarks', bookmark('WP-1'))).rejects.toThrow()
  expect([done(), site.simulator.state().bookmarks]).toEqual([1, 1])
  // What a client does that does not look first:
  expect((await site.ask('POST', 'bookmarks', bookmark('WP-1'))).status).toBe(201)
  expect(duplicates().references.length).toBe(1)
})

it('a SOAP reply is lost after the recording began, for one method alone', async () => {
  const token = await soapToken(site.simulator)
  const about = (method: string) => command(site.simulator, method, token, guids([site.camera(1)]))
  fault({ lost: 'after', at: 'recorder', command: 'StartManualRecording' })
  await expect(about('StartManualRecording')).rejects.toThrow()
  expect((await about('IsManualRecording')).text).toContain('<IsManualRecording>true</IsManualRecording>')
})

it('a slow reply comes after the thing is done, a slow request before it', async () => {
  const id = fault({ replyDelayMs: 400, path: '*/evidenceLocks' })
  const slowReply = site.ask('POST', 'evidenceLocks', lock('WP-1'))
  await expect.poll(() => site.simulator.state().evidenceLocks.length).toBe(1)
  const before = performance.now()
  expect((await slowReply).status).toBe(201)
  expect(performance.now() - before).toBeGreaterThan(200)
  site.simulator.removeFaults(id)
  fault({ delayMs: 400, path: '*/evidenceLocks' })
  const asked = () => site.simulator.state().requests['POST /api/rest/v1/evidencelocks']
  const slowRequest = site.ask('POST', 'evidenceLocks', lock('WP-2'))
  await expect.poll(asked).toBe(2)
  expect(site.simulator.state().evidenceLocks.length).toBe(1)
  expect((await slowRequest).status).toBe(201)
})
