import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { acting } from '../../../src-main/xprotect/capture/probes.ts'
import type { RecordingWays } from '../../../src-main/xprotect/recording/ways.ts'
import type { Transport } from '../../../src-main/xprotect/transport.ts'
import { outputsOf } from '../../simulator/config/outputs.ts'
import { recordingEventNames } from '../../simulator/events/definitions.ts'
import { startSimulator } from '../../simulator/start.ts'
import { pinnedOrigin, realSite } from './support/real-site.ts'
import { never } from './support/started.ts'

/** `/recordings`, `/cameras/{id}/recordings`, `/cameras/{id}/recordings/start`: real servers know none (xprotect-api.md 10.1 [V REAL]). */
const NO_SUCH = /(^|\/)recordings($|[/?#])/i

const root = path.join(import.meta.dirname, '../../..')

/** Every text a program may say: neither what it imports nor what only its types say. */
function textsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const texts: string[] = []
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return
    if (ts.isTemplateExpression(node)) {
      // What stands between the parts is an id, and so no part of a name.
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}'))
    } else if (ts.isStringLiteralLike(node)) texts.push(node.text)
    node.forEachChild(walk)
  }
  walk(source)
  return texts
}

it('nothing in main says a path that has recordings in it', () => {
  const files = globSync('src-main/**/*.ts', { cwd: root })
  const said = files.flatMap((file) => textsIn(path.join(root, file)).filter((text) => NO_SUCH.test(text)))
  expect([files.length > 100, said]).toEqual([true, []])
})

it.each(['api/rest/v1/recordings', '/cameras/{}/recordings/start', 'recordings?page=0', 'Recordings'])(
  'the test would see %s',
  (said) => expect(said).toMatch(NO_SUCH),
)

it('whatever an operator does in whatever way, no server is asked for such a path', async () => {
  const simulator = await startSimulator({
    media: null,
    edition: 'corporate',
    ruleCameras: [1],
    outputs: 1,
    integration: true,
  })
  const asked: string[] = []
  const noted = (transport: Transport): Transport => ({
    openSocket: (wish) => {
      asked.push(wish.path)
      return transport.openSocket(wish)
    },
    request: (exchange) => {
      asked.push(exchange.path)
      return transport.request(exchange)
    },
  })
  const camera = simulator.site.cameras.find(({ number }) => number === 1)!
  const cameraId = camera.id as never
  const event = { ...recordingEventNames(camera.name), form: 'type' } as const
  const ways: RecordingWays[] = (['auto', 'recorder', 'event', 'output'] as const).map((method) => ({
    method,
    events: [event],
    outputs: [{ start: outputsOf(simulator.site, 'watchpost', 1)[0]!.id }],
    limits: { defaultSeconds: 900, minSeconds: 60, maxSeconds: 7200 },
  }))
  const recorder = pinnedOrigin(simulator.recorder, simulator.sha256)
  for (const recording of [...ways, { ...ways[2]!, events: [{ ...event, form: 'customer' as const }] }]) {
    const recorders = { known: [simulator.recorder], transport: () => noted(recorder) }
    const { server, close } = realSite(simulator, noted, { recording, recorders })
    await server.signIn(simulator.user, simulator.password)
    const { recordings, bookmarks, evidenceLocks } = server.actions()
    await recordings.plan(cameraId, undefined, never)
    const outcomes = [await recordings.start({ cameraId, seconds: 60 }, never), await recordings.stop(cameraId, never)]
    await recordings.state(cameraId, never)
    expect(outcomes.map(({ is }) => is)).toEqual(['done', 'done'])
    const moments = {
      begin: '2026-01-05T12:00:00.000Z',
      triggered: '2026-01-05T12:00:00.000Z',
      end: '2026-01-05T12:00:00.000Z',
    }
    const wish = { cameraId, reference: 'XD-1', headline: 'a', description: '', ...moments }
    const bookmark = await bookmarks.create(wish, never)
    await bookmarks.lookUp(wish, never)
    if (bookmark.is === 'done') await bookmarks.remove(bookmark.value.id, never)
    const lockWish = { ...wish, cameraIds: [cameraId], retention: { type: 'days' as const, units: 1 } }
    const lock = await evidenceLocks.create(lockWish, never)
    await evidenceLocks.lookUp(lockWish, never)
    if (lock.is === 'done') await evidenceLocks.remove(lock.value.id, never)
    expect([bookmark.is, lock.is]).toEqual(['done', 'done'])
    const probes = acting.map(({ name }) => name)
    await server.capture({ probes, hosts: [], names: [], at: '2026-01-05' }, never)
    await server.facts(cameraId, never)
    await server.signOut()
    close()
  }
  recorder.destroy(new Error('test over'))
  await simulator.stop()
  expect([asked.length > 100, asked.filter((line) => NO_SUCH.test(line))]).toEqual([true, []])
})
