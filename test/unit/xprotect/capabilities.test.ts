import { afterEach, describe, expect, it } from 'vitest'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { ServerFacts } from '../../../src-main/xprotect/server-facts.ts'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import { startSimulator } from '../../simulator/start.ts'
import { FakeGateway, guid, html, json, text } from './support/fake-gateway.ts'
import { realSite } from './support/real-site.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

const never = new AbortController().signal
const camera = guid(1) as CameraId
const CAMERAS = '623d03f8-c5d5-46bc-a2f4-4c03562d4f85'
const at = (path: string): RegExp => new RegExp(`^GET /api/rest/v1/${path}`)

const actions = [
  { name: 'GENERIC_READ', securityMask: 1 },
  { name: 'EXPORT', securityMask: 8 },
  { name: 'PTZ_CONTROL', securityMask: 2 ** 40 },
]
const permissions = (...masks: (number | string)[]): Answer =>
  json({
    data: {
      isAdministrator: false,
      objectPermissions: masks.map((mask, n) => ({ id: guid(n + 1).toUpperCase(), mask })),
    },
  })

async function site(): Promise<Bench> {
  const made = bench()
  made.gateway
    .when(at('sites'), json({ array: [{ version: '25.1.1804.0', masterSiteAddress: 'https://head.example' }] }))
    .when(at('licenseInformations'), json({ array: [{ displayName: 'XProtect Corporate 2025 R1', sku: 'XPCO' }] }))
    .when(at(`securityNamespaces/${CAMERAS}$`), json({ data: { id: CAMERAS, securityActions: actions } }))
    .when(at(`effectivePermissions/${CAMERAS}$`), permissions(9, 9, 1, 2 ** 40 + 1))
    .when(at(`cameras/${camera}\\?tasks&noData$`), json({ tasks: [{ id: 'SetPtzAbsolutePosition' }] }))
    .when(at('outputs\\?'), json({ array: [{ id: guid(7) }] }))
    .when(at(`outputs/${guid(7)}\\?tasks&noData$`), json({ tasks: [{ id: 'Activate' }, { id: 'Deactivate' }] }))
    .when(at('childSites'), json({ array: [{ id: guid(9), displayName: 'Depot', address: 'https://depot.example/' }] }))
  made.gateway.onSocket = (socket) => {
    // The signalling socket registers; the other says nothing.
    socket.onHeard = ({ id, method }) => method === 'register' && socket.say({ id: id as number, result: {} })
  }
  await made.server.signIn('anna', 'secret')
  return made
}

const facts = ({ server }: Bench, of: CameraId | undefined = camera): Promise<ServerFacts> => server.facts(of, never)

describe('what a server can do', () => {
  it('is asked of it, once for each fact', async () => {
    const made = await site()
    expect(await facts(made)).toEqual({
      masterAddress: 'https://head.example',
      children: [{ id: guid(9), name: 'Depot', address: 'https://depot.example/' }],
      capabilities: {
        version: { is: 'known', value: '25.1.1804.0' },
        edition: { is: 'known', value: { level: 'corporate', name: 'XProtect Corporate 2025 R1' } },
        cameraTasks: { is: 'known', value: ['SetPtzAbsolutePosition'] },
        outputTasks: { is: 'known', value: ['Activate', 'Deactivate'] },
        rights: {
          is: 'known',
          value: {
            isAdministrator: false,
            toldApart: ['export', 'ptz'],
            usual: ['export'],
            unusual: [
              { rights: [], cameraIds: [guid(3)] },
              { rights: ['ptz'], cameraIds: [guid(4)] },
            ],
          },
        },
        signallingSocket: { is: 'known', value: true },
        eventsSocket: { is: 'known', value: true },
      },
    })
    expect([made.gateway.count(/GET/), made.gateway.sockets.at(-1)!.isClosed]).toEqual([8, true])
  })

  const whys: [string, Answer | { kind: 'unreachable'; what: 'server'; how: 'refused' }, string][] = [
    ['403', text('Forbidden', 403), 'forbidden'],
    ['404', json({ error: { details: [{ errorText: 'Unknown resource' }] } }, 404), 'not-there'],
    ['400', json({ error: { details: [{ errorText: 'Bad request: Unknown request' }] } }, 400), 'not-there'],
    ['500', text('boom', 500), 'no-answer'],
    ['nobody', { kind: 'unreachable', what: 'server', how: 'refused' }, 'no-answer'],
    ['a web page', html(200), 'not-understood'],
    ['nonsense', json([]), 'not-understood'],
    ['null', json(null), 'not-understood'],
  ]
  const questions: [keyof ServerFacts['capabilities'], RegExp][] = [
    ['version', at('sites')],
    ['edition', at('licenseInformations')],
    ['rights', at('securityNamespaces')],
    ['rights', at('effectivePermissions')],
    ['cameraTasks', at('cameras')],
    ['outputTasks', at('outputs/')],
  ]
  it.each(questions.flatMap(([fact, path]) => whys.map((why) => [fact, ...why, path] as const)))(
    'is %s that meets %s unknown by itself',
    async (fact, _what, answer, why, path) => {
      const made = await site()
      made.gateway.when(path, answer)
      const { capabilities } = await facts(made)
      const unknown = Object.entries(capabilities).filter(([, { is }]) => is === 'unknown')
      expect(unknown).toEqual([[fact, { is: 'unknown', why }]])
    },
  )

  it('is never guessed: a list without an entry, a camera list without a camera, an output list without one', async () => {
    const made = await site()
    made.gateway.when(at('licenseInformations'), json({ array: [] })).when(at('outputs\\?'), json({ array: [] }))
    const { capabilities } = await made.server.facts(undefined, never)
    expect([capabilities.edition, capabilities.outputTasks, capabilities.cameraTasks]).toEqual([
      { is: 'unknown', why: 'not-understood' },
      { is: 'unknown', why: 'nothing-to-ask' },
      { is: 'unknown', why: 'nothing-to-ask' },
    ])
  })

  it.each([
    ['XProtect Professional+ 2024 R2', 'XPPPLUS', 'professional+'],
    ['XProtect Expert 2025 R1', '', 'expert'],
    ['XProtect Express+ 2025 R1', '', 'express+'],
    ['XProtect Essential+ 2025 R1', '', 'essential+'],
    ['Unternehmen', 'XPCO', 'corporate'],
    ['Something new', 'XPNEW', 'other'],
  ])('edition %s', async (displayName, sku, level) => {
    const made = await site()
    made.gateway.when(at('licenseInformations'), json({ array: [{ displayName, sku }] }))
    expect((await facts(made)).capabilities.edition).toEqual({ is: 'known', value: { level, name: displayName } })
  })

  it('an administrator may do all', async () => {
    const made = await site()
    made.gateway.when(at('effectivePermissions'), json({ data: { isAdministrator: true, objectPermissions: [] } }))
    expect((await facts(made)).capabilities.rights).toEqual({ is: 'known', value: { isAdministrator: true } })
  })

  it('masks are read up to their last bit, or not at all', async () => {
    const made = await site()
    made.gateway.when(at('effectivePermissions'), permissions(String(2n ** 63n + 8n)))
    const exact = (await facts(made)).capabilities.rights
    made.gateway.when(at('effectivePermissions'), permissions(2 ** 63))
    expect([exact, (await facts(made)).capabilities.rights]).toEqual([
      { is: 'known', value: { isAdministrator: false, toldApart: ['export', 'ptz'], usual: ['export'], unusual: [] } },
      { is: 'unknown', why: 'not-understood' },
    ])
  })

  it('sockets that are refused are known not to be there, sockets out of reach are not known', async () => {
    const none = await site()
    none.gateway.onSocket = { kind: 'not-found', what: 'SOCKET' }
    none.server.renew() // what was learnt at the sign-in is forgotten
    const away = await site()
    away.gateway.onSocket = { kind: 'unreachable', what: 'server', how: 'timeout' }
    away.server.renew()
    const told = [(await facts(none)).capabilities, (await facts(away)).capabilities]
    expect(told.map(({ signallingSocket, eventsSocket }) => [signallingSocket, eventsSocket])).toEqual([
      Array(2).fill({ is: 'known', value: false }),
      Array(2).fill({ is: 'unknown', why: 'no-answer' }),
    ])
  })

  it('is given up when the person leaves, and asks nothing more', async () => {
    const made = await site()
    const leaving = new AbortController()
    made.gateway.when(at('licenseInformations'), () => {
      leaving.abort(new Error('left'))
      return undefined
    })
    expect((await failureIn(made.server.facts(camera, leaving.signal)))?.kind).toBe('bug')
    expect(made.gateway.count(/securityNamespaces|childSites/)).toBe(0)
  })
})

describe('the simulator', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  it.each([
    ['25.1', 'corporate', true],
    ['24.2', 'professional+', false],
  ] as const)('as %s %s says what it can do', async (profile, edition, hasSocket) => {
    const simulator = await startSimulator({ media: null, profile, edition, jpegGetLive: true })
    closing.push(() => simulator.stop())
    const { server, close } = realSite(simulator)
    closing.push(close)
    await server.signIn(simulator.user, simulator.password)
    const { capabilities } = await server.facts(simulator.site.cameras[0]!.id as CameraId, never)
    expect(capabilities).toMatchObject({
      version: { is: 'known', value: expect.stringMatching(new RegExp(`^${profile}\\.`)) as string },
      edition: { is: 'known', value: { level: edition } },
      cameraTasks: { is: 'known', value: expect.arrayContaining(['JpegGetLive']) as string[] },
      signallingSocket: { is: 'known', value: hasSocket },
      eventsSocket: { is: 'known', value: true },
    })
  })

  it('tells a viewer’s rights, camera by camera, and the sites below', async () => {
    const simulator = await startSimulator({ media: null, role: 'viewer', childSites: 2 })
    closing.push(() => simulator.stop())
    const { server, close } = realSite(simulator)
    closing.push(close)
    await server.signIn(simulator.user, simulator.password)
    const { capabilities, children } = await server.facts(simulator.site.cameras[0]!.id as CameraId, never)
    expect([capabilities.rights, children]).toEqual([
      {
        is: 'known',
        value: {
          isAdministrator: false,
          toldApart: ['export', 'ptz', 'playback', 'record', 'bookmark', 'evidence-lock'],
          usual: ['playback'],
          unusual: [],
        },
      },
      // No address: the specification has none, so a person types it before the child can be added.
      simulator.childSites.map(({ site }) => ({ id: site.id, name: site.name, address: '' })),
    ])
  })
})

it('a gateway that knows none of it leaves everything unknown, and says so in the log without a secret', async () => {
  const gateway = new FakeGateway()
  gateway.when('POST /API/IDP/connect/token', json({ access_token: 'canary-token', expires_in: 3600 }))
  const made = bench({ gateway })
  await made.server.signIn('anna', 'canary-password')
  const { capabilities, children } = await facts(made)
  expect([Object.values(capabilities).some(({ is }) => is === 'known'), children]).toEqual([true, []])
  expect([capabilities.version.is, capabilities.rights.is, capabilities.edition.is]).toEqual(Array(3).fill('unknown'))
  expect(made.log.lines.join('\n')).not.toContain('canary')
})
