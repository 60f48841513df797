import { describe, expect, it, vi } from 'vitest'
import type { Camera, CameraGroup } from '../../../src-preload/contract/models/camera.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { guid, html, json, text } from './support/fake-gateway.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

const never = new AbortController().signal
const CAMERAS = 'GET /api/rest/v1/cameras?'
const camera = (n: number, more: object = {}): object => ({ id: guid(n), name: `Camera ${n}`, enabled: true, ...more })
const pageOf = (path: string): { page: number; size: number } => {
  const query = new URLSearchParams(path.split('?')[1])
  return { page: Number(query.get('page')), size: Number(query.get('size')) }
}

async function site(): Promise<Bench> {
  const made = bench()
  made.gateway.when('GET /api/rest/v1/hardware', json({ array: [] }))
  await made.server.signIn('anna', 'secret')
  made.gateway.asked.length = 0
  return made
}

async function all({ server }: Bench): Promise<{ cameras: Camera[]; skipped: number }> {
  const cameras: Camera[] = []
  let skipped = 0
  for await (const page of server.cameras(never)) {
    cameras.push(...page.cameras)
    skipped += page.skipped
  }
  return { cameras, skipped }
}

/** Serves these items in pages, as the real server does. */
const served =
  (items: unknown[]) =>
  ({ path }: { path: string }): Answer => {
    const { page, size } = pageOf(path)
    return json({ array: items.slice(page * size, (page + 1) * size) })
  }

describe('the camera list', () => {
  it('is asked for in a small page first, then in pages of 500 until one is short', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served(Array.from({ length: 1200 }, (_, n) => camera(n))))
    expect([(await all(made)).cameras.length, made.gateway.lines.filter((line) => line.includes('cameras'))]).toEqual([
      1200,
      [
        'GET /api/rest/v1/cameras?page=0&size=100',
        ...[0, 1, 2].map((page) => `GET /api/rest/v1/cameras?page=${page}&size=500`),
      ],
    ])
  })

  it('that fills its last page costs one more question', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served(Array.from({ length: 500 }, (_, n) => camera(n))))
    expect([(await all(made)).cameras.length, made.gateway.count(/cameras/)]).toEqual([500, 3])
  })

  it('of a hundred cameras is no longer for the small page, and a broken one among them is counted once', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served([null, ...Array.from({ length: 119 }, (_, n) => camera(n))]))
    const { cameras, skipped } = await all(made)
    expect([cameras.length, skipped]).toEqual([119, 1])
  })

  it('of a server that knows no pages is taken whole, in portions', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, json({ array: Array.from({ length: 1200 }, (_, n) => camera(n)) }))
    const sizes: number[] = []
    for await (const { cameras } of made.server.cameras(never)) sizes.push(cameras.length)
    expect([sizes, made.gateway.count(/cameras/)]).toEqual([[500, 500, 200], 1])
  })

  it('that repeats the same page for ever ends', async () => {
    const made = await site()
    const cameras = Array.from({ length: 500 }, (_, n) => camera(n))
    made.gateway.when(CAMERAS, ({ path }) => json({ array: cameras.slice(0, pageOf(path).size) }))
    expect([(await all(made)).cameras.length, made.gateway.count(/cameras/)]).toEqual([500, 3])
  })

  it('whose pages overlap shows each camera once', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, ({ path }) => {
      const from = pageOf(path).page * 400
      return json({ array: Array.from({ length: from >= 800 ? 100 : 500 }, (_, n) => camera(from + n)) })
    })
    expect(new Set((await all(made)).cameras.map(({ id }) => id)).size).toBe((await all(made)).cameras.length)
  })

  it('loses one bad camera of many, and says how many it lost', async () => {
    const made = await site()
    const bad = [
      null,
      7,
      'x',
      [],
      {},
      { name: 'no id' },
      { id: '../etc' },
      { id: `${guid(1)}/x` },
      { id: 'x'.repeat(10_240) },
    ]
    made.gateway.when(CAMERAS, served([camera(1), ...bad, camera(2)]))
    const { cameras, skipped } = await all(made)
    expect([cameras.map(({ name }) => name), skipped]).toEqual([['Camera 1', 'Camera 2'], bad.length])
  })

  it('is read with whatever types an old server writes, and without what is broken', async () => {
    const made = await site()
    const odd = {
      id: guid(0xabc).toUpperCase(),
      name: 'Gate\u0000 \u202e3\ud800',
      shortName: null,
      recordingEnabled: 'True',
      ptzEnabled: 'maybe',
      relations: 'nowhere',
      createdDate: '0001-01-01T00:00:00.0000000',
      __proto__: { polluted: true },
    }
    made.gateway.when(
      CAMERAS,
      served([odd, { id: guid(2), displayName: 'Only shown' }, { id: guid(3), name: { a: 1 } }]),
    )
    expect((await all(made)).cameras).toEqual([
      { id: guid(0xabc), name: 'Gate 3', shortName: '', hardwareName: '', recordingEnabled: true, ptzEnabled: false },
      expect.objectContaining({ name: 'Only shown' }),
      expect.objectContaining({ name: '00000000' }),
    ])
  })

  it('takes any guid, not only those RFC 9562 knows, and writes it in lower case', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served([{ id: 'ABCDEF01-2345-F789-0BCD-EF0123456789' }]))
    expect((await all(made)).cameras.map(({ id }) => id)).toEqual(['abcdef01-2345-f789-0bcd-ef0123456789'])
  })

  it('hides a disabled camera without calling it broken', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served([camera(1), camera(2, { enabled: false })]))
    expect(await all(made)).toMatchObject({ cameras: [{ name: 'Camera 1' }], skipped: 0 })
  })

  const bad = (what: string): object => ({ kind: 'bad-answer', call: 'cameras', what })
  it.each<[string, Answer, object]>([
    ['an object for a list', json({ array: {} }), bad('shape')],
    ['no list', json({}), bad('shape')],
    ['a bare list', json([]), bad('shape')],
    ['null', json(null), bad('shape')],
    ['a text', json('x'), bad('shape')],
    ['NaN', text('NaN', 200, 'application/json'), bad('not-json')],
    ['nothing', text('', 200, 'application/json'), bad('not-json')],
    ['half of it', text('{"array":[{"id":', 200, 'application/json'), bad('not-json')],
    ['a web page', html(200), bad('html')],
    ['a web page called JSON', text('<!doctype html><p>', 200, 'application/json'), bad('html')],
    ['JSON called a web page', text('{"array":[]}', 200, 'text/html'), bad('html')],
    ['nonsense a million levels deep', text('['.repeat(1e6) + ']'.repeat(1e6), 200), bad('shape')],
    ['403', json({}, 403), { kind: 'forbidden' }],
  ])('answered with %s is a failure that names the call', async (_what, answer, failure) => {
    const made = await site()
    made.gateway.when(CAMERAS, answer)
    expect(await failureIn(all(made))).toEqual(failure)
  })

  it('keeps what came before the server went away', async () => {
    const made = await site()
    const gone: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }
    const page = served(Array.from({ length: 500 }, (_, n) => camera(n)))
    made.gateway.when(CAMERAS, (exchange) => (pageOf(exchange.path).page === 0 ? page(exchange) : gone))
    const names: string[] = []
    const reading = (async () => {
      for await (const { cameras } of made.server.cameras(never)) names.push(...cameras.map(({ name }) => name))
    })()
    expect([await failureIn(reading), names.length]).toEqual([gone, 500])
  })

  it('is tried again where the line broke, and not more than twice', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, { kind: 'unreachable', what: 'server', how: 'reset' })
    const reading = failureIn(all(made))
    for (let round = 0; round < 5; round++) await made.clock.pass(1000)
    expect([(await reading)?.kind, made.gateway.count(/cameras/)]).toEqual(['unreachable', 3])
  })

  it('is not asked for any more once nobody wants it', async () => {
    const made = await site()
    const wanted = new AbortController()
    made.gateway.when(CAMERAS, served(Array.from({ length: 5000 }, (_, n) => camera(n))))
    let pages = 0
    const reading = (async () => {
      for await (const { cameras } of made.server.cameras(wanted.signal)) {
        pages += cameras.length > 0 ? 1 : 0
        if (pages === 2) wanted.abort()
      }
    })()
    expect([await failureIn(reading), made.gateway.count(/cameras/) <= 4]).toEqual([expect.anything(), true])
  })
})

describe('names of devices', () => {
  const withParent = camera(1, { relations: { parent: { type: 'hardware', id: guid(900).toUpperCase() } } })

  it('are put beside the cameras', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served([withParent]))
    made.gateway.when('GET /api/rest/v1/hardware', json({ array: [{ id: guid(900), name: 'Axis 7' }] }))
    expect((await all(made)).cameras[0]?.hardwareName).toBe('Axis 7')
  })

  it('that may not be read cost nothing but themselves', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served([withParent]))
    made.gateway.when('GET /api/rest/v1/hardware', json({}, 403))
    expect((await all(made)).cameras[0]?.hardwareName).toBe('')
  })

  it('that take long keep the first of many cameras waiting half a second', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served(Array.from({ length: 1200 }, (_, n) => ({ ...withParent, id: guid(n) }))))
    made.gateway.when('GET /api/rest/v1/hardware', () => new Promise<Answer>(() => undefined))
    const sizes: number[] = []
    void (async () => {
      for await (const { cameras } of made.server.cameras(never)) sizes.push(cameras.length)
    })()
    await made.clock.pass(490)
    const before = [...sizes]
    await made.clock.pass(10)
    expect([before, sizes]).toEqual([[], [100]])
  })

  it('that take long keep the cameras waiting five seconds in all', async () => {
    const made = await site()
    made.gateway.when(CAMERAS, served(Array.from({ length: 1200 }, (_, n) => ({ ...withParent, id: guid(n) }))))
    made.gateway.when('GET /api/rest/v1/hardware', () => new Promise<Answer>(() => undefined))
    let count: number | undefined
    void all(made).then(({ cameras }) => (count = cameras.length))
    await made.clock.pass(4900)
    const before = count
    await made.clock.pass(200)
    await vi.waitFor(() => expect([before, count]).toEqual([undefined, 1200]))
  })
})

describe('camera groups', () => {
  const groups = (made: Bench): Promise<CameraGroup[]> => made.server.cameraGroups(never)
  const lines = (list: CameraGroup[], depth = 0): string[] =>
    list.flatMap((g) => [`${'  '.repeat(depth)}${g.name} ${g.cameraIds.length}`, ...lines(g.groups, depth + 1)])
  const group = (n: number, more: object = {}): object => ({ id: guid(n), name: `G${n}`, ...more })
  const under = (n: number): object => ({ relations: { parent: { type: 'cameraGroups', id: guid(n) } } })

  it('are asked for their children, level by level', async () => {
    const made = await site()
    made.gateway
      .when(/cameraGroups\/.*/, json({ array: [] }))
      .when('GET /api/rest/v1/cameraGroups?', json({ array: [group(1)] }))
      .when(`GET /api/rest/v1/cameraGroups/${guid(1)}/cameraGroups`, json({ array: [group(2)] }))
      .when(`GET /api/rest/v1/cameraGroups/${guid(2)}/cameras`, json({ array: [camera(5), camera(5), { id: 'bad' }] }))
    expect(lines(await groups(made))).toEqual(['G1 0', '  G2 1'])
  })

  it('listed all at once are put under the parents they name, without further questions', async () => {
    const made = await site()
    made.gateway
      .when(/cameraGroups\/.*\/cameras/, json({ array: [camera(5)] }))
      .when('GET /api/rest/v1/cameraGroups?', json({ array: [group(1), group(3, under(2)), group(2, under(1))] }))
    expect([lines(await groups(made)), made.gateway.count(/\/cameraGroups\?.*/)]).toEqual([
      ['G1 1', '  G2 1', '    G3 1'],
      1,
    ])
  })

  it('that come along with their parents are not asked for again, save where one came without a word', async () => {
    const made = await site()
    const tree = group(1, { cameraGroups: [group(2, { cameraGroups: [] }), group(3), null, group(1)] })
    made.gateway
      .when(/cameraGroups\/.*\/cameras/, json({ array: [camera(5)] }))
      .when(`GET /api/rest/v1/cameraGroups/${guid(3)}/cameraGroups`, json({ array: [group(4)] }))
      .when(`GET /api/rest/v1/cameraGroups/${guid(4)}/cameraGroups`, json({ array: [] }))
      .when('GET /api/rest/v1/cameraGroups?', json({ array: [tree] }))
    expect([
      lines(await groups(made)),
      made.gateway.count(/includeChildren/),
      made.gateway.count(/\/cameraGroups\//),
    ]).toEqual([['G1 1', '  G2 1', '  G3 1', '    G4 1'], ...[1, 6]])
  })

  it('of a server that refuses to send them along are asked for one by one', async () => {
    const made = await site()
    made.gateway
      .when(/cameraGroups\/.*/, json({ array: [] }))
      .when('GET /api/rest/v1/cameraGroups?', json({ array: [group(1)] }))
      .when(/includeChildren/, text('Bad request', 400))
    expect(lines(await groups(made))).toEqual(['G1 0'])
  })

  it('that contain each other end', async () => {
    const made = await site()
    made.gateway
      .when(/\/cameras\?/, json({ array: [] }))
      .when('GET /api/rest/v1/cameraGroups?', json({ array: [group(1)] }))
      .when(/cameraGroups\/.*\/cameraGroups/, json({ array: [group(1), group(2)] }))
    expect(lines(await groups(made))).toEqual(['G1 0', '  G2 0'])
  })

  it('ten thousand deep are cut at sixteen', async () => {
    const made = await site()
    let next = 1
    made.gateway
      .when(/\/cameras\?/, json({ array: [] }))
      .when('GET /api/rest/v1/cameraGroups', () => json({ array: [group(next++)] }))
    expect(lines(await groups(made))).toHaveLength(16)
  })

  it('one of which may not be read are shown without its content', async () => {
    const made = await site()
    made.gateway
      .when(/\/cameraGroups\/.*/, json({ array: [] }))
      .when('GET /api/rest/v1/cameraGroups?', json({ array: [group(1), group(2)] }))
      .when(`GET /api/rest/v1/cameraGroups/${guid(1)}/cameras`, json({}, 403))
      .when(`GET /api/rest/v1/cameraGroups/${guid(2)}/cameras`, json({ array: [camera(5)] }))
    expect(lines(await groups(made))).toEqual(['G1 0', 'G2 1'])
  })
})

describe('streams', () => {
  const id = guid(1) as CameraId
  const stream = (n: number, more: object = {}): object => ({ streamReferenceId: guid(n), name: `S${n}`, ...more })
  const settings = (n: number, more: object): object => ({ streamReferenceId: guid(n).toUpperCase(), ...more })

  it.each<[string, object, object]>([
    [
      'plain words',
      { codec: 'H264', resolution: '1280x720', FPS: 15 },
      { codec: 'H264', widthPx: 1280, heightPx: 720, framesPerSecond: 15 },
    ],
    [
      'other names',
      { VideoCodec: 'H.265', Resolution: '1920 × 1080 (16:9)', FrameRate: '12.5' },
      { codec: 'H265', widthPx: 1920, heightPx: 1080, framesPerSecond: 12.5 },
    ],
    [
      'more names',
      { compression: 'mjpeg', imageSize: '640*480', framesPerSecond: '8 fps' },
      { codec: 'MJPEG', widthPx: 640, heightPx: 480, framesPerSecond: 8 },
    ],
    [
      'lines only',
      { Codec: 'MPEG-4 AVC/H.264', resolution: '1080p' },
      { codec: 'H264', widthPx: 1920, heightPx: 1080, framesPerSecond: 0 },
    ],
    [
      'nonsense',
      { codec: 7, resolution: {}, FPS: '1e999' },
      { codec: '', widthPx: 0, heightPx: 0, framesPerSecond: 0 },
    ],
    ['nothing', {}, { codec: '', widthPx: 0, heightPx: 0, framesPerSecond: 0 }],
  ])('are described from %s', async (_what, words, described) => {
    const made = await site()
    made.gateway
      .when(/\/streams/, json({ array: [{ stream: [stream(1, { liveDefault: 'true' })] }] }))
      .when(/\/settings/, json({ data: { stream: [settings(1, words)] } }))
    expect(await made.server.streams(id)).toEqual([{ id: guid(1), name: 'S1', liveDefault: true, ...described }])
  })

  it('are there without their settings, and without those that are never live', async () => {
    const made = await site()
    made.gateway
      .when(
        /\/streams/,
        json({ data: { stream: [stream(1), stream(2, { liveMode: 'Never' }), { name: 'no id' }, null] } }),
      )
      .when(/\/settings/, json({ error: { details: [{ errorText: 'No' }] } }, 400))
    expect((await made.server.streams(id)).map(({ name }) => name)).toEqual(['S1'])
  })

  it('are asked for once in a while, and again at once after a failure', async () => {
    const made = await site()
    made.gateway.when(/\/streams/, html(404))
    await failureIn(made.server.streams(id))
    made.gateway.when(/\/(streams|settings)/, json({ array: [] }))
    await Promise.all([made.server.streams(id), made.server.streams(id)])
    const soon = made.gateway.count(/\/streams/)
    await made.clock.pass(301_000)
    await made.server.streams(id)
    expect([soon, made.gateway.count(/\/streams/)]).toEqual([2, 3])
  })
})
