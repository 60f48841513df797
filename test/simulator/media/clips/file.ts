import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { BAND_HEIGHT_PX } from '../band/band.ts'
import type { Planes } from '../draw/finish.ts'
import { parseClip, type CodedClip } from '../h264/clip.ts'

/** A clip as it is sent: the coded pictures, and what the band shows behind its text. */
export interface Clip extends CodedClip {
  widthPx: number
  backdrop: Planes
}

/** Writes a clip under its final name in one step: another process finds all of it, or nothing. */
export async function writeClip(file: string, backdrop: Planes, stream: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const unfinished = `${file}.${randomUUID()}`
  try {
    await writeFile(unfinished, Buffer.concat([backdrop.luma, backdrop.cb, backdrop.cr, stream]))
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** Reads a clip; null where there is none yet. */
export async function readClip(file: string, widthPx: number): Promise<Clip | null> {
  const content = await contentOf(file)
  if (!content) return null
  const luma = widthPx * BAND_HEIGHT_PX
  const colour = luma / 4
  const backdrop = {
    luma: content.subarray(0, luma),
    cb: content.subarray(luma, luma + colour),
    cr: content.subarray(luma + colour, luma + colour * 2),
  }
  return { ...parseClip(content.subarray(luma + colour * 2)), widthPx, backdrop }
}

async function contentOf(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
