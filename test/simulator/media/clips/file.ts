import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { BAND_HEIGHT_PX } from '../band/band.ts'
import type { Planes } from '../draw/finish.ts'
import { parseClip, type CodedClip } from '../h264/clip.ts'

/** A clip as it is sent: the coded pictures, and what the band shows behind its text. */
export interface Clip extends CodedClip {
  widthPx: number
  backdrop: Planes
}

const DIGEST_BYTES = 32
const digestOf = (content: Buffer): Buffer => createHash('sha256').update(content).digest()

/** Writes a clip under its final name in one step: another process finds all of it, or nothing. */
export async function writeClip(file: string, backdrop: Planes, stream: Uint8Array): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`
  const content = Buffer.concat([backdrop.luma, backdrop.cb, backdrop.cr, stream])
  try {
    await writeFile(unfinished, Buffer.concat([digestOf(content), content]))
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** Reads a clip; null where there is none yet, or none that is whole. */
export async function readClip(file: string, widthPx: number): Promise<Clip | null> {
  const kept = await readFile(file).catch(() => null) // what hinders the reading hinders the making, and is said there
  const content = kept?.subarray(DIGEST_BYTES)
  if (!kept || !content || !digestOf(content).equals(kept.subarray(0, DIGEST_BYTES))) return null
  const luma = widthPx * BAND_HEIGHT_PX
  const colour = luma / 4
  const backdrop = {
    luma: content.subarray(0, luma),
    cb: content.subarray(luma, luma + colour),
    cr: content.subarray(luma + colour, luma + colour * 2),
  }
  return { ...parseClip(content.subarray(luma + colour * 2)), widthPx, backdrop }
}
