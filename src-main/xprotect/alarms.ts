import { failureOf } from '../../src-preload/contract/failure.ts'
import { alarmPageSize } from '../../src-preload/contract/alarm-limits.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import { badAnswer } from './body.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { inPortions } from './portions.ts'
import { AlarmSettingWire, AlarmWire } from './wire/alarm.ts'
import { ListAnswer } from './wire/tolerant.ts'

/** Of which cameras, and of when; epoch milliseconds by the server's clock. Pages are counted from 0. */
export interface AlarmsWish {
  cameraIds: readonly CameraId[]
  fromMs: number
  toMs: number
  page: number
}

export interface SiteAlarm {
  id: string
  /** `null`: of something that is no camera, or of nothing. */
  cameraId: CameraId | null
  atMs: number
  name: string
  /** Empty where the server does not say. */
  state: string
  priority: string
}

const PATIENCE_MS = 20_000

/** What states and priorities are called, by their ids. */
interface Names {
  states: ReadonlyMap<string, string>
  priorities: ReadonlyMap<string, string>
}

/**
 * Alarms over REST, since 2023 R2 (xprotect-api.md 8). The list knows pages and no time, so it is read page by page until
 * it is older than what is wanted. That it comes newest first is assumed [?] only as far as a page shows it.
 */
export class Alarms {
  readonly #http: Http
  readonly #log: Log
  #names: Promise<Names> | undefined

  constructor({ http, log }: { http: Http; log: Log }) {
    this.#http = http
    this.#log = log
  }

  /**
   * What one page of the list has of that time, and whether no later page can have more. Throws the refusal, which is
   * `busy` while the event server is away; `bad-answer` where nothing on the page can be read.
   */
  async page(wish: AlarmsWish, signal: AbortSignal): Promise<{ alarms: SiteAlarm[]; isLast: boolean }> {
    const { page, fromMs, toMs, cameraIds } = wish
    const options = { signal, timeoutMs: PATIENCE_MS }
    const rows = await this.#http.get(`alarms?page=${page}&size=${alarmPageSize}`, ListAnswer, options)
    const read = await inPortions(rows, (portion) => portion.flatMap((row) => AlarmWire.safeParse(row).data ?? []))
    if (rows.length > 0 && read.length === 0) throw badAnswer('alarms', 'shape')
    const cameras = new Set(cameraIds)
    const wanted = read.filter(({ atMs, source }) => {
      return atMs >= fromMs && atMs < toMs && (source.is === 'other' || cameras.has(source.id))
    })
    const names = wanted.length > 0 ? await this.#settings(signal) : undefined
    return {
      alarms: wanted.map((alarm) => alarmOf(alarm, names)),
      // A server that knows no pages sends everything at once.
      isLast: rows.length !== alarmPageSize || (isNewestFirst(read) && read.at(-1)!.atMs < fromMs),
    }
  }

  /** Another server may stand behind the same address. */
  forget(): void {
    this.#names = undefined
  }

  /** Asked for once; without them alarms have no state and no priority. */
  #settings(signal: AbortSignal): Promise<Names | undefined> {
    const names = (this.#names ??= this.#read(signal))
    return names.catch((error: unknown) => {
      signal.throwIfAborted()
      if (this.#names === names) this.#names = undefined
      this.#log.info(`how states of alarms are called is not known: ${failureOf(error).kind}`)
      return undefined
    })
  }

  async #read(signal: AbortSignal): Promise<Names> {
    const list = async (path: string) => {
      const rows = await this.#http.get(path, ListAnswer, { signal, timeoutMs: PATIENCE_MS })
      return new Map(
        rows.flatMap((row) => AlarmSettingWire.safeParse(row).data ?? []).map(({ id, name }) => [id, name]),
      )
    }
    const [states, priorities] = await Promise.all([list('alarmStates'), list('alarmPriorities')])
    return { states, priorities }
  }
}

const alarmOf = ({ id, source, atMs, name, message, state, priority }: AlarmWire, names?: Names): SiteAlarm => ({
  id,
  cameraId: source.is === 'other' ? null : source.id,
  atMs,
  name: name || message,
  state: names?.states.get(state) ?? '',
  priority: names?.priorities.get(priority) ?? '',
})

const isNewestFirst = (alarms: readonly AlarmWire[]): boolean =>
  alarms.every(({ atMs }, place) => place === 0 || atMs <= alarms[place - 1]!.atMs)
