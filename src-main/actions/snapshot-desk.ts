import { AppError } from '../../src-preload/contract/failure.ts'
import type { PictureFormat, SavedFile, SnapshotOrder } from '../../src-preload/contract/models/snapshot.ts'
import { writePicture } from '../storage/picture-file.ts'
import { namePart, wallClock } from '../storage/taken-name.ts'
import type { Disk } from '../storage/verified-file.ts'
import type { TakeAway } from './take-away.ts'

/** How a file of the kind begins: what is called a picture shall be one. */
const formats: Record<PictureFormat, { ending: string; begins: number[] }> = {
  png: { ending: '.png', begins: [0x89, 0x50, 0x4e, 0x47] },
  jpeg: { ending: '.jpg', begins: [0xff, 0xd8, 0xff] },
}

/** Pictures of what was seen, kept in files with a description beside each. */
export class SnapshotDesk {
  readonly #takeAway: TakeAway
  readonly #disk: Disk

  constructor(takeAway: TakeAway, disk: Disk) {
    this.#takeAway = takeAway
    this.#disk = disk
  }

  /** Throws AppError bad-file where it cannot be written; then nothing is left of it. */
  async save(order: SnapshotOrder): Promise<SavedFile> {
    const { ending, begins } = formats[order.format]
    if (!begins.every((byte, index) => order.bytes[index] === byte))
      throw new AppError({ kind: 'bug', message: `no ${order.format}` })
    const { timeZone, serverOffsetMs, ...about } = this.#takeAway.about(order.camera)
    const frame = frameTime(order, serverOffsetMs)
    const clock = wallClock(frame.atMs, timeZone)
    const { site, camera } = about
    const name = [namePart(site.name, 'site'), namePart(camera.name, 'camera'), clock.forName].join(' ')
    const place = this.#takeAway.place
    const { fileName, sha256 } = await writePicture(
      place,
      { name, ending, bytes: order.bytes },
      (file, hash) => ({
        kind: 'Watchpost snapshot',
        note: 'A picture as it was seen on the screen. The recording itself is in XProtect.',
        file,
        sha256: hash,
        widthPx: order.widthPx,
        heightPx: order.heightPx,
        source: order.source,
        frameTime: new Date(frame.atMs).toISOString(),
        frameTimeIs: frame.is,
        frameTimeOnSite: clock.text,
        timeZone: clock.zone,
        stale: order.stale,
        ...about,
        serverOffsetMs,
      }),
      this.#disk,
    )
    await this.#takeAway.record({
      what: 'snapshot-saved',
      who: about.user,
      siteId: order.camera.siteId,
      deviceId: order.camera.cameraId,
      subject: fileName,
      outcome: sha256,
    })
    return this.#takeAway.saved(place.folder, fileName)
  }
}

/** When what is seen happened, and how that is known. A live picture carries no time of its own (xprotect-api.md 3.6). */
function frameTime({ source, at }: SnapshotOrder, offsetMs: number | null): { atMs: number; is: string } {
  const atMs = Date.parse(at)
  if (source === 'recorded') return { atMs, is: 'when it was recorded, by the clock of the server' }
  if (offsetMs === null) return { atMs, is: 'estimate: when it was painted, by the clock of this computer' }
  return { atMs: atMs + offsetMs, is: 'estimate: when it was painted, by the clock of the server' }
}
