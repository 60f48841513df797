import { Fault, type FaultOf, type FaultWish, type PathFault } from './fault-shapes.ts'
import type { SiteCamera } from '../site/site.ts'

/** Faults of a camera that stay: the latest of a kind holds. */
type CameraFaultKind =
  'freeze' | 'ice-never' | 'h265-only' | 'loss' | 'slow-seek' | 'playback-stops' | 'bad-camera' | 'camera-name'

interface Standing {
  id: string
  fault: Fault
  /** How often it may still happen. */
  left: number
  happened: number
}

/** The faults in force. Those who carry them out ask here each time; `onChange` is for what runs already. */
export class Faults {
  #standing: Standing[] = []
  #count = 0
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** Throws a ZodError that says which field is wrong. */
  add(wish: FaultWish): string {
    const fault = Fault.parse(wish)
    const id = `f${++this.#count}`
    const left = 'times' in fault ? (fault.times ?? Infinity) : Infinity
    this.#standing.push({ id, fault, left, happened: 0 })
    this.#onChange()
    return id
  }

  /** Takes back one fault or all; how many were taken back. */
  remove(id?: string): number {
    const kept = id === undefined ? [] : this.#standing.filter((standing) => standing.id !== id)
    const removed = this.#standing.length - kept.length
    this.#standing = kept
    this.#onChange()
    return removed
  }

  list(): { id: string; fault: Fault; happened: number }[] {
    return this.#standing.map(({ id, fault, happened }) => ({ id, fault, happened }))
  }

  /** What shall happen to this request at the port of that name; asking counts as happening. `command`: see call.ts. */
  onRequest(at: string, method: string, path: string, command = ''): PathFault | undefined {
    return this.#take(
      'path',
      (fault) =>
        (fault.at ?? at) === at &&
        (fault.method ?? method).toUpperCase() === method &&
        (fault.command ?? command).toLowerCase() === command.toLowerCase() &&
        globMatches(fault.path, path),
    )
  }

  /** How the gateway says that the event server is away; undefined where it is not. */
  eventServerStatus(): 502 | 503 | undefined {
    return this.#take('event-server', () => true)?.status
  }

  /** What an answer made at this time says of it; undefined where it says nothing. */
  dateHeader(nowMs: number): string | undefined {
    const fault = this.#standing.findLast((standing) => standing.fault.kind === 'date')?.fault
    if (fault?.kind !== 'date') return new Date(nowMs).toUTCString()
    return { missing: undefined, garbage: 'half past three', 'year-1': 'Mon, 01 Jan 0001 00:00:00 GMT' }[fault.how]
  }

  /** Why a session for this camera is refused, if it is. */
  sessionRefusal(
    camera: SiteCamera,
    sessions: number,
    isPlayback: boolean,
  ): { status: number; text: string } | undefined {
    const refused = this.#take('refuse-session', (fault) => {
      return isMeant(fault.camera, camera) && (isPlayback || fault.only === undefined)
    })
    if (refused) return refused
    const limit = this.#take('session-limit', (fault) => sessions >= fault.sessions)
    return limit && { status: 400, text: 'Session cannot be initiated' }
  }

  isFrozen = (camera: SiteCamera): boolean => this.#for('freeze', camera) !== undefined
  neverConnects = (camera: SiteCamera): boolean => this.#for('ice-never', camera) !== undefined
  isH265Only = (camera: SiteCamera): boolean => this.#for('h265-only', camera) !== undefined
  lossPercent = (camera: SiteCamera): number => this.#for('loss', camera)?.percent ?? 0
  seekMs = (camera: SiteCamera): number => this.#for('slow-seek', camera)?.delayMs ?? 0
  playbackStopsAfter = (camera: SiteCamera): number => this.#for('playback-stops', camera)?.afterPictures ?? Infinity
  badCamera = (camera: SiteCamera) => this.#for('bad-camera', camera)
  cameraName = (camera: SiteCamera) => this.#for('camera-name', camera)

  /** The latest fault of that kind which means this camera. */
  #for<K extends CameraFaultKind>(kind: K, camera: SiteCamera): FaultOf<K> | undefined {
    const found = this.#standing.findLast(({ fault }) => fault.kind === kind && isMeant(fault.camera, camera))
    return found?.fault as FaultOf<K> | undefined
  }

  #take<K extends Fault['kind']>(kind: K, isMeantHere: (fault: FaultOf<K>) => boolean): FaultOf<K> | undefined {
    const found = this.#standing.find(
      ({ fault, left }) => fault.kind === kind && left > 0 && isMeantHere(fault as FaultOf<K>),
    )
    if (!found) return undefined
    found.left--
    found.happened++
    return found.fault as FaultOf<K>
  }
}

/** Whether `wanted` (guid, name, number or `*`) is this camera. */
export const isMeant = (wanted: string | number, camera: SiteCamera): boolean =>
  wanted === '*' || wanted === camera.number || wanted === camera.name || String(wanted).toLowerCase() === camera.id

function globMatches(glob: string, path: string): boolean {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(path)
}
