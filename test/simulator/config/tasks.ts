import type { ServerClock } from '../clock.ts'
import { jsonObject, type Call } from '../http/call.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import type { Rights } from '../identity/rights.ts'
import type { SiteCamera } from '../site/site.ts'
import { sevenDigits } from './dates.ts'
import { drawJpeg } from './jpeg.ts'
import type { Task } from './object.ts'
import type { PtzHead } from './ptz.ts'

const forbidden = (): Reply => refusal(403, 'Forbidden, you are not authorized to access this object')

/** What a task says that was called without what it needs (xprotect-api.md 1.3). [V CFG] */
export const parametersMissing = (names: string[]): Reply =>
  wide(400, {
    error: { httpCode: 400, details: [{ errorText: 'Bad request: parameters missing' }] },
    params: Object.fromEntries(names.map((name) => [name, ''])),
  })

/** Tasks of administration by what they belong to, in words and order of the specification of 25.2. [V CFG] */
const ofAdministrators: Record<string, string> = {
  cameras:
    'GetOtherRecordingServersWithMedia GetOtherRecordingStoragesWithMedia RetrieveEdgeStorage TruncateStorage TruncateStorageOnOtherRecordingServer ChangeDeviceRecordingStorage ChangeSecurityPermissions',
  outputs: 'ChangeSecurityPermissions',
  hardware: 'ReadPasswordHardware ChangePasswordHardware MoveHardware ReplaceHardware UpdateFirmwareHardware',
  streams: 'AddStream RemoveStream',
}

/**
 * They are listed for everybody [?] and refused to all but administrators [D]. To an administrator this server says
 * 501, which no real one does: it does not play administration, and says so rather than pretend.
 */
export const administrativeTasks = (type: string, rights: Rights): Task[] =>
  (ofAdministrators[type] ?? '').split(' ').map((id) => ({
    id,
    displayName: spaced(id),
    run: ({ user }) => (rights.isAdministrator(user) ? refusal(501, `The simulator does not play ${id}`) : forbidden()),
  }))

/** `ReadPasswordHardware` as `Read password hardware`. The real names are in no source we hold. [?] */
const spaced = (id: string): string => id.replace(/(?<=[a-z])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)

interface CameraTaskDeps {
  jpegGetLive: boolean
  rights: Rights
  clock: ServerClock
  head: (camera: SiteCamera) => PtzHead | undefined
}

/**
 * What can be done with a camera. Absolute PTZ came with 2024 R2, so every profile has it [V CFG]; that only cameras
 * with PTZ list it is [?].
 */
export function cameraTasks(deps: CameraTaskDeps, camera: SiteCamera): Task[] {
  const { rights, jpegGetLive, clock } = deps
  const head = deps.head(camera)
  const move = (then: (call: Call) => Reply) => (call: Call) =>
    rights.may(call.user, 'PTZ_CONTROL', camera) ? then(call) : forbidden()
  return [
    ...administrativeTasks('cameras', rights),
    ...(head
      ? [
          {
            id: 'GetPtzAbsolutePosition',
            displayName: 'Get PTZ absolute position',
            run: move(() => wide(200, { result: { ...head.position, state: 'Success' } })),
          },
          {
            id: 'SetPtzAbsolutePosition',
            displayName: 'Set PTZ absolute position',
            run: move((call) => setPosition(head, call)),
          },
        ]
      : []),
    ...(jpegGetLive
      ? [{ id: 'JpegGetLive', displayName: 'Get live JPEG', run: (call: Call) => takePicture(clock, call) }]
      : []),
  ]
}

/** Pan and tilt from -1 to 1, zoom and speed from 0 to 1. [V CFG]; that speed may be left out, and the words, are [?]. */
function setPosition(head: PtzHead, call: Call): Reply {
  const body = jsonObject(call.body) ?? {}
  const [pan, tilt, zoom] = [body['pan'], body['tilt'], body['zoom']]
  if (typeof pan !== 'number' || typeof tilt !== 'number' || typeof zoom !== 'number') {
    return parametersMissing(['pan', 'tilt', 'zoom', 'speed', 'allowRepeats'])
  }
  const outside = Object.entries({ pan, tilt, zoom }).find(
    ([name, value]) => Math.abs(value) > 1 || (name === 'zoom' && value < 0),
  )
  if (outside) return refusal(400, `Bad Request - ${outside[0]} out of range`, outside[0])
  head.position = { pan, tilt, zoom }
  return wide(200, { result: { state: 'Success' } })
}

/** A picture of now. Width and height are both required [3P FR]; names and reply are [V CFG]. */
function takePicture(clock: ServerClock, call: Call): Reply {
  const body = jsonObject(call.body)
  const { width, height } = { width: Number(body?.['width']), height: Number(body?.['height']) }
  if (!(width > 0 && height > 0)) return parametersMissing(['width', 'height'])
  const now = clock.now()
  return wide(200, {
    result: {
      frameDateTime: sevenDigits(now),
      jpegDataAsBase64: drawJpeg(width, height, now).toString('base64'),
      state: 'Success',
    },
  })
}
