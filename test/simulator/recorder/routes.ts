import type { Commands } from '../commands.ts'
import type { Call } from '../http/call.ts'
import type { Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { Rights } from '../identity/rights.ts'
import { manual, type Recordings, type StartResult } from '../recording/recordings.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import { askedIn, asmxReply, wrongType } from '../soap/envelope.ts'
import type { SoapTokens } from '../soap/tokens.ts'
import type { XmlContent } from '../soap/write-xml.ts'
import { childOf, type XmlElement } from '../soap/xml.ts'
import { Arguments, guidForm, RECORDER, TYPES, WrongArgument } from './arguments.ts'
import { badToken, noRight, notSupported, noToken, unknownDevice, unreadable } from './faults.ts'
import { atOrAfter, atOrBefore, exactlyAt, liveJpeg, recordedJpeg, type PictureDeps } from './pictures.ts'
import { sequencesGet, sequencesGetTypes } from './sequences.ts'
import { timeLineInformationGet } from './timeline.ts'

export interface RecorderDeps extends PictureDeps {
  /** Which recorder this is: it knows its own cameras only. */
  recorderId: string
  site: Site
  rights: Rights
  recordings: Recordings
  commands: Commands
  soapTokens: SoapTokens
}

export const recorderRoutes = (deps: RecorderDeps): Route[] => [
  {
    method: 'POST',
    path: '/RecorderCommandService/RecorderCommandService.asmx',
    auth: 'none', // the token is in the body
    answer: (call) => answer(deps, call),
  },
]

async function answer(deps: RecorderDeps, call: Call): Promise<Reply> {
  const asked = askedIn(call, ({ namespace, name }) => `${namespace}/${name}`)
  if ('wrongType' in asked) return wrongType()
  if ('unreadable' in asked) return unreadable(asked.unreadable)
  const { method } = asked
  if (method.namespace !== RECORDER) return unreadable(`No method ${method.name} in ${method.namespace}`)
  const [run, look] = [methods[method.name], looks[method.name]]
  if (!run && !look) return notSupported(method.name)
  const token = childOf(method, RECORDER, 'token')?.text.trim() ?? ''
  if (token === '') return noToken()
  const user = deps.soapTokens.live(token)?.user
  if (user === undefined) return badToken()
  if (run) return run(deps, method, user)
  return lookAt(deps, method, user, look!)
}

/** A method about the recordings of one device. */
interface Look {
  right: 'PLAYBACK' | 'VIEW_LIVE'
  resultOf: (
    deps: RecorderDeps,
    camera: SiteCamera,
    args: Arguments,
  ) => XmlContent | undefined | Promise<XmlContent | undefined>
}

const looks: Record<string, Look> = {
  SequencesGetTypes: { right: 'PLAYBACK', resultOf: sequencesGetTypes },
  SequencesGet: { right: 'PLAYBACK', resultOf: ({ archive }, ...of) => sequencesGet(archive, ...of) },
  TimeLineInformationGet: {
    right: 'PLAYBACK',
    resultOf: ({ archive }, ...of) => timeLineInformationGet(archive, ...of),
  },
  JPEGGetLive: { right: 'VIEW_LIVE', resultOf: liveJpeg },
  JPEGGetAt: { right: 'PLAYBACK', resultOf: (...of) => recordedJpeg(...of, exactlyAt) },
  JPEGGetAtOrBefore: { right: 'PLAYBACK', resultOf: (...of) => recordedJpeg(...of, atOrBefore) },
  JPEGGetAtOrAfter: { right: 'PLAYBACK', resultOf: (...of) => recordedJpeg(...of, atOrAfter) },
}

async function lookAt(deps: RecorderDeps, method: XmlElement, user: string, look: Look): Promise<Reply> {
  const args = new Arguments(method)
  try {
    const id = args.guid('deviceId')
    const camera = deps.recordings.recorderOf(id) === deps.recorderId ? cameraOf(deps.site, id) : undefined
    if (!camera || !deps.rights.may(user, 'GENERIC_READ', camera)) return unknownDevice(id)
    if (!deps.rights.may(user, look.right, camera)) return noRight(id)
    const result = await look.resultOf(deps, camera, args)
    const content: XmlContent = result === undefined ? {} : { [`${method.name}Result`]: result }
    return asmxReply(200, { [`${method.name}Response`]: { '@xmlns': RECORDER, ...content } })
  } catch (error) {
    if (error instanceof WrongArgument) return unreadable(error.message)
    throw error
  }
}

const cameraOf = (site: Site, id: string): SiteCamera | undefined => site.cameras.find((camera) => camera.id === id)

const methods: Record<string, (deps: RecorderDeps, method: XmlElement, user: string) => Reply> = {
  StartManualRecording: (deps, method, user) => {
    const length = lengthMs(method)
    if (length === 'malformed') return unreadable('recordingTimeInMicroseconds is no whole number')
    return forEach(deps, method, (id, camera) => {
      if (!camera) return result(id, 'unknown device')
      if (!deps.rights.may(user, 'START_MANUAL_RECORDING', camera)) return result(id, 'no right')
      const started = deps.recordings.start(id, manual('soap', user, length))
      if (started === 'started' || started === 'already') deps.commands.carriedOut(user, method.name, `cameras/${id}`)
      return result(id, started)
    })
  },
  /** To stop what does not record is a success. [3P] */
  StopManualRecording: (deps, method, user) =>
    forEach(deps, method, (id, camera) => {
      if (!camera) return result(id, 'unknown device')
      if (!deps.rights.may(user, 'STOP_MANUAL_RECORDING', camera)) return result(id, 'no right')
      deps.recordings.stop(id, 'manual', user)
      deps.commands.carriedOut(user, method.name, `cameras/${id}`)
      return result(id, 'already')
    }),
  /** No for devices nobody knows, too. [3P] */
  IsManualRecording: (deps, method, user) =>
    forEach(deps, method, (id, camera) => {
      const isSeen = camera !== undefined && deps.rights.may(user, 'GENERIC_READ', camera)
      return {
        ManualRecordingInfo: {
          DeviceId: id,
          IsManualRecording: String(isSeen && deps.recordings.isManual(id)),
        },
      }
    }),
}

/** Asks for each device in turn and answers with a list, one entry a device. */
function forEach(
  { site, recorderId, recordings }: RecorderDeps,
  method: XmlElement,
  entryOf: (id: string, camera: SiteCamera | undefined) => Record<string, XmlContent>,
): Reply {
  const ids = deviceIdsIn(method)
  if (!ids) return unreadable(`deviceIds must be guids in the namespace ${TYPES}`)
  const entries = ids.map((id) => {
    const isOurs = recordings.recorderOf(id) === recorderId
    return entryOf(id, isOurs ? cameraOf(site, id) : undefined)
  })
  const [name = ''] = Object.keys(entries[0] ?? {})
  const list: XmlContent = entries.length === 0 ? '' : { [name]: entries.map((entry) => entry[name]!) }
  return asmxReply(200, { [`${method.name}Response`]: { '@xmlns': RECORDER, [`${method.name}Result`]: list } })
}

/** [V REAL] that guids are in that namespace; a list without one, or with anything else in it, is refused. [?] */
function deviceIdsIn(method: XmlElement): string[] | undefined {
  const items = childOf(method, RECORDER, 'deviceIds')?.children ?? []
  const isGuid = ({ name, namespace, text }: XmlElement): boolean =>
    name === 'guid' && namespace === TYPES && guidForm.test(text.trim())
  if (items.length === 0 || !items.every(isGuid)) return undefined
  return items.map(({ text }) => text.trim().toLowerCase())
}

/** Undefined where it is not said, or nothing: the camera's own time-out alone bounds it then. */
function lengthMs(method: XmlElement): number | 'malformed' | undefined {
  const said = childOf(method, RECORDER, 'recordingTimeInMicroseconds')?.text.trim()
  if (said === undefined || said === '0') return undefined
  return /^\d{1,16}$/.test(said) ? Number(said) / 1000 : 'malformed'
}

/** Code 0 and its word are [V REAL], [3P]; that failures are told by device, with these codes and words, is [?]. */
const outcomes: Record<StartResult | 'no right', [code: number, message: string]> = {
  started: [0, 'Success'],
  already: [0, 'Success'],
  'unknown device': [1, 'Unknown device'],
  'not recordable': [2, 'Recording is not enabled on the device'],
  'recorder stopped': [3, 'The recording server is stopping'],
  'no right': [4, 'Access denied'],
}

function result(id: string, outcome: StartResult | 'no right'): Record<string, XmlContent> {
  const [code, message] = outcomes[outcome]
  return { ManualRecordingResult: { DeviceId: id, ResultCode: String(code), Message: message } }
}
