import { randomUUID } from 'node:crypto'
import { mkdir, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import {
  ExportId,
  type CameraExported,
  type ExportBegun,
  type ExportChunk,
  type ExportedFile,
  type ExportEnd,
  type ExportOrder,
  type ExportRoom,
} from '../../src-preload/contract/models/export.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { SavedFile } from '../../src-preload/contract/models/snapshot.ts'
import { demandFolder } from '../storage/picture-file.ts'
import { noNotes, type ExportNotes, type ExportRecord } from '../storage/export-records.ts'
import { PartFile } from '../storage/part-file.ts'
import { namePart, wallClock } from '../storage/taken-name.ts'
import { reasonOf } from '../file-reason.ts'
import { placeNew, type Disk } from '../storage/verified-file.ts'
import { MANIFEST, manifestOf, NOTE } from './export-papers.ts'
import type { TakeAway } from './take-away.ts'

/** In the name of every file and folder. */
const LABEL = 'viewing copy'
const MOST_ALIKE = 99

interface OpenExport {
  readonly order: ExportOrder
  readonly folder: string
  readonly parts: Map<string, Promise<PartFile>>
  /** As it is written down, for the next start if this one ends too soon. */
  record: ExportRecord
  noted: Promise<void>
  /** Everything of it that has its name, for when it is taken away again. */
  readonly written: string[]
}

const keyOf = ({ siteId, cameraId }: CameraRef): string => `${siteId} ${cameraId}`

/** Viewing copies of recordings, while they are written, and the papers that go with them. */
export class ExportDesk {
  readonly #takeAway: TakeAway
  readonly #disk: Disk
  readonly #notes: ExportNotes
  readonly #open = new Map<ExportId, OpenExport>()

  constructor(takeAway: TakeAway, disk: Disk, notes: ExportNotes = noNotes) {
    this.#takeAway = takeAway
    this.#disk = disk
    this.#notes = notes
  }

  /** Whether it is being written now. */
  has(id: ExportId): boolean {
    return this.#open.has(id)
  }

  async room(): Promise<ExportRoom> {
    const { folder, isOurs } = this.#takeAway.place
    await demandFolder({ folder, isOurs }, 0, this.#disk)
    return { folder, freeBytes: await this.#disk.freeBytes(folder) }
  }

  /** Throws AppError bad-file where there is no room for it. */
  async begin(order: ExportOrder): Promise<ExportBegun> {
    const place = this.#takeAway.place
    await demandFolder(place, order.needBytes, this.#disk)
    const [first] = order.cameras
    const { site, user, client } = this.#takeAway.about(first!)
    const folder = await newFolder(
      path.join(place.folder, `${namePart(site.name, 'site')} ${this.#span(order, first!)}`),
    )
    const id = ExportId.parse(randomUUID())
    const cameras = order.cameras.map((camera) => ({ ...camera, name: this.#takeAway.about(camera).camera.name }))
    const { from, to } = order
    const record = { id, folder, from, to, user, client, cameras, parts: [], files: [] }
    const one: OpenExport = {
      order,
      folder,
      parts: new Map(),
      record: { version: 1, isTidied: false, ...record },
      noted: Promise.resolve(),
      written: [],
    }
    this.#open.set(id, one)
    await this.#note(one, {}).catch(async (error: unknown) => {
      this.#open.delete(id)
      await rmdir(folder)
      throw error
    })
    await this.#takeAway.record({
      what: 'export-begun',
      who: user,
      siteId: first!.siteId,
      subject: path.basename(folder),
      outcome: `${order.cameras.length} cameras, ${order.from} to ${order.to}`,
    })
    return { id, folder }
  }

  async write({ id, camera, atByte, bytes }: ExportChunk): Promise<void> {
    const part = await this.#part(this.#of(id), camera)
    await part.write(atByte, bytes)
  }

  /** The file gets its name, its hash and its description. */
  async finishFile({ id, camera, facts }: CameraExported): Promise<ExportedFile> {
    const one = this.#of(id)
    const part = await this.#part(one, camera)
    one.parts.delete(keyOf(camera))
    const done = await part.finish(path.join(one.folder, `${this.#nameOf(one, camera)}.mp4`))
    one.written.push(done.file, `${done.file}.json`)
    const fileName = path.basename(done.file)
    const { timeZone, ...about } = this.#takeAway.about(camera)
    const description = {
      kind: 'Watchpost viewing copy',
      note: NOTE,
      file: fileName,
      sha256: done.sha256,
      bytes: done.bytes,
      reEncoded: false,
      from: one.order.from,
      to: one.order.to,
      fromOnSite: wallClock(Date.parse(one.order.from), timeZone).text,
      toOnSite: wallClock(Date.parse(one.order.to), timeZone).text,
      timeZone: wallClock(0, timeZone).zone,
      ...facts,
      ...about,
    }
    await this.#put(`${done.file}.json`, description)
    const { siteId, cameraId } = camera
    await this.#note(one, {
      parts: one.record.parts.filter((id) => id !== cameraId),
      files: [...one.record.files, { siteId, cameraId, paper: description }],
    })
    await this.#takeAway.record({
      what: 'export-saved',
      who: about.user,
      ...{ siteId: camera.siteId, deviceId: camera.cameraId },
      subject: fileName,
      outcome: done.sha256,
    })
    return { fileName, sha256: done.sha256, bytes: done.bytes }
  }

  /** What is not complete by now is taken away; the rest is listed. */
  async end({ id, missing }: ExportEnd): Promise<SavedFile> {
    const one = this.#of(id)
    this.#open.delete(id)
    await dropParts(one)
    const { user, clientTime } = this.#takeAway.about(one.order.cameras[0]!)
    const file = path.join(one.folder, MANIFEST)
    const lacking = missing.map(({ camera, why }) => ({ camera: this.#takeAway.about(camera).camera, why }))
    await this.#put(file, manifestOf({ ...one.record, user }, clientTime, lacking))
    await this.#notes.drop(id)
    return this.#takeAway.saved(one.folder, path.basename(file))
  }

  /** Nothing of ours is left; what somebody else has put into the folder stays. */
  async cancel(id: ExportId): Promise<void> {
    const one = this.#open.get(id)
    if (!one) return
    this.#open.delete(id)
    await dropParts(one)
    for (const file of one.written) await rm(file, { force: true })
    await rmdir(one.folder).catch(() => undefined) // there is something else in it
    await this.#notes.drop(id)
    const [first] = one.order.cameras
    const { user } = this.#takeAway.about(first!)
    await this.#takeAway.record({ what: 'export-cancelled', who: user, subject: path.basename(one.folder) })
  }

  /** Whoever wrote them is gone. Never rejects. */
  async cancelAll(): Promise<void> {
    await Promise.allSettled([...this.#open.keys()].map((id) => this.cancel(id)))
  }

  #of(id: ExportId): OpenExport {
    const one = this.#open.get(id)
    if (!one) throw new AppError({ kind: 'not-found', what: 'export' })
    return one
  }

  #part(one: OpenExport, camera: CameraRef): Promise<PartFile> {
    const key = keyOf(camera)
    if (!one.order.cameras.some((other) => keyOf(other) === key))
      throw new AppError({ kind: 'not-found', what: 'camera' })
    // Under the camera's id: names may be the same.
    const part = one.parts.get(key) ?? this.#newPart(one, camera)
    one.parts.set(key, part)
    return part
  }

  /** It is written down only once it is ours: what stands there already under that name is not. */
  async #newPart(one: OpenExport, { cameraId }: CameraRef): Promise<PartFile> {
    const part = await PartFile.open(path.join(one.folder, cameraId), this.#disk)
    try {
      await this.#note(one, { parts: [...one.record.parts, cameraId] })
      return part
    } catch (error) {
      await part.drop()
      throw error
    }
  }

  /** One after the other: the last that is written is the newest. */
  #note(one: OpenExport, change: Partial<ExportRecord>): Promise<void> {
    one.record = { ...one.record, ...change }
    const { record } = one
    one.noted = one.noted.catch(() => undefined).then(() => this.#notes.put(record))
    return one.noted
  }

  #nameOf({ order }: OpenExport, camera: CameraRef): string {
    const { site, camera: named } = this.#takeAway.about(camera)
    return [namePart(site.name, 'site'), namePart(named.name, 'camera'), this.#span(order, camera)].join(' ')
  }

  /** `2026-11-26 14-02-30 to 14-05-00 viewing copy`, as clocks of the camera's site show it. */
  #span({ from, to }: ExportOrder, camera: CameraRef): string {
    const { timeZone } = this.#takeAway.about(camera)
    const [begin, end] = [from, to].map((iso) => wallClock(Date.parse(iso), timeZone).forName.slice(0, -4))
    const isOneDay = begin!.slice(0, 10) === end!.slice(0, 10)
    return `${begin} to ${isOneDay ? end!.slice(11) : end} ${LABEL}`
  }

  async #put(file: string, content: object): Promise<void> {
    try {
      await placeNew(file, Buffer.from(`${JSON.stringify(content, null, 2)}\n`))
    } catch (cause) {
      throw new AppError({ kind: 'bad-file', file, problem: reasonOf(cause) }, { cause })
    }
  }
}

/** Makes a folder that was not there. */
async function newFolder(wanted: string): Promise<string> {
  for (let count = 1; count <= MOST_ALIKE; count++) {
    const folder = count === 1 ? wanted : `${wanted} (${count})`
    try {
      await mkdir(folder)
      return folder
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new AppError({ kind: 'bad-file', file: folder, problem: reasonOf(cause) }, { cause })
    }
  }
  throw new AppError({ kind: 'bad-file', file: wanted, problem: 'is there too often already' })
}

async function dropParts({ parts }: OpenExport): Promise<void> {
  for (const part of parts.values())
    await part.then(
      (opened) => opened.drop(),
      () => undefined, // it never was
    )
}
