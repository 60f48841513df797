import type { z } from 'zod'
import { AppError, failureOf } from '../../src-preload/contract/failure.ts'
import type { ChildSite, EditionLevel, Fact, Unknown } from '../../src-preload/contract/models/capabilities.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import { badAnswer, parsed } from './body.ts'
import type { AskOptions, Http } from './http.ts'
import type { Log } from './log.ts'
import { inPortions } from './portions.ts'
import { cameraRights } from './rights.ts'
import type { Tokens } from './sign-in.ts'
import type { ServerFacts } from './server-facts.ts'
import type { Signalling } from './signalling.ts'
import type { Transport } from './transport.ts'
import {
  ChildSiteWire,
  LicenseWire,
  NamespaceWire,
  OutputWire,
  PermissionList,
  PermissionsWire,
  SiteWire,
  TaskList,
} from './wire/capabilities.ts'
import { ListAnswer } from './wire/tolerant.ts'

interface Deps {
  http: Http
  transport: Transport
  tokens: Tokens
  signalling: Pick<Signalling, 'hasSocket'>
  log: Log
}

/** Cameras' security namespace (xprotect-api.md 9.3 [V PROTO]). */
const CAMERAS = '623d03f8-c5d5-46bc-a2f4-4c03562d4f85'
const EVENTS = '/api/ws/events/v1'
const PATIENCE_MS = 20_000

/**
 * Asks a server once what it and this user can do. One small question after the other, so that pictures go first, and
 * each fails alone. `camera` is the one whose tasks stand for all. Rejects only when it is given up.
 */
export async function factsOf(deps: Deps, camera: CameraId | undefined, signal: AbortSignal): Promise<ServerFacts> {
  const { http } = deps
  const options = { signal, timeoutMs: PATIENCE_MS }
  const list = async <T>(path: string, schema: z.ZodType<T>): Promise<T[]> =>
    (await http.get(path, ListAnswer, options)).flatMap((item) => schema.safeParse(item).data ?? [])
  const ask = async <T>(what: string, question: () => Promise<T | undefined>): Promise<Fact<T>> => {
    signal.throwIfAborted()
    try {
      const value = await question()
      return value === undefined ? { is: 'unknown', why: 'nothing-to-ask' } : { is: 'known', value }
    } catch (error) {
      signal.throwIfAborted()
      deps.log.info(`${what} is not known: ${failureOf(error).kind}`)
      return { is: 'unknown', why: whyUnknown(error) }
    }
  }
  const tasks = (path: string): Promise<string[]> => http.get(`${path}?tasks&noData`, TaskList, options)

  const site = await ask('the version', async () => only(await list('sites', SiteWire), 'sites'))
  const edition = await ask('the edition', () => editionOf(http, options))
  const rights = await ask('what the user may do', async () => {
    const actions = await http.get(`securityNamespaces/${CAMERAS}`, NamespaceWire, options)
    const call = `effectivePermissions/${CAMERAS}`
    const { isAdministrator, objectPermissions } = await http.get(call, PermissionsWire, options)
    const read = await inPortions(objectPermissions, (portion) => parsed(PermissionList, portion, call))
    return cameraRights(actions, { isAdministrator, objectPermissions: read })
  })
  const cameraTasks = await ask('what cameras can do', async () => camera && tasks(`cameras/${camera}`))
  const outputTasks = await ask('what outputs can do', async () => {
    const [first] = await list('outputs?page=0&size=1', OutputWire)
    return first && tasks(`outputs/${first.id}`)
  })
  const signallingSocket = await ask('the signalling socket', () => deps.signalling.hasSocket())
  const eventsSocket = await ask('the events socket', () => hasEvents(deps))
  const children = await ask('child sites', async () => (await list('childSites', ChildSiteWire)).map(childOf))

  const version: Fact<string> = site.is === 'known' ? { is: 'known', value: site.value.version } : site
  return {
    capabilities: { version, edition, cameraTasks, outputTasks, rights, signallingSocket, eventsSocket },
    children: children.is === 'known' ? children.value : [],
    masterAddress: site.is === 'known' ? site.value.masterSiteAddress : '',
    ...(site.is === 'known' && site.value.timeZone !== '' && { timeZone: site.value.timeZone }),
  }
}

function whyUnknown(error: unknown): Unknown {
  const because = failureOf(error)
  if (because.kind === 'forbidden') return 'forbidden'
  // 400 is the real server's word for a question it does not know (xprotect-api.md 1.3 [V REAL]).
  if (because.kind === 'not-found' || (because.kind === 'refused' && because.status === 400)) return 'not-there'
  if (because.kind === 'bad-answer' || because.kind === 'bug') return 'not-understood'
  return 'no-answer'
}

function only<T>([first]: T[], call: string): T {
  if (first === undefined) throw badAnswer(call, 'shape')
  return first
}

/** By name [V CFG], since of the codes only `XPCO` is known for sure [V]. */
export async function editionOf(http: Http, options: AskOptions): Promise<{ level: EditionLevel; name: string }> {
  const items = await http.get('licenseInformations', ListAnswer, options)
  const licences = items.flatMap((item) => LicenseWire.safeParse(item).data ?? [])
  const { displayName, sku } = only(licences, 'licenseInformations')
  const levels: EditionLevel[] = ['essential+', 'express+', 'professional+', 'expert', 'corporate']
  const level = levels.find((name) => displayName.toLowerCase().includes(name))
  return { level: level ?? (sku === 'XPCO' ? 'corporate' : 'other'), name: displayName }
}

const childOf = ({ id, ...told }: z.output<typeof ChildSiteWire>): ChildSite => ({
  id,
  name: told.name || told.displayName || id.slice(0, 8),
  address: told.address || told.uri || told.hostName,
})

/** The token goes into the upgrade itself (xprotect-api.md 4.4 [V PROTO]); nothing is said on the socket. */
async function hasEvents({ transport, tokens }: Deps): Promise<boolean> {
  const { value } = await tokens.current()
  try {
    const wish = { path: EVENTS, timeoutMs: 5000, onMessage: () => undefined, onClose: () => undefined }
    const socket = await transport.openSocket({ ...wish, headers: { authorization: `Bearer ${value}` } })
    socket.close()
    return true
  } catch (error) {
    if (isNone(error)) return false
    throw error
  }
}

/** The server answered, and there is no such service. */
const isNone = (error: unknown): boolean =>
  error instanceof AppError && ['not-found', 'bad-answer'].includes(error.failure.kind)
