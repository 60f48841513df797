import { parentPort } from 'node:worker_threads'
import { drawClip } from './draw.ts'
import { encode } from './encode.ts'
import { writeClip } from './file.ts'
import type { ClipSpec } from './spec.ts'

/** What the library asks of a worker, one at a time. */
export interface MakeClip {
  spec: ClipSpec
  file: string
}

/** A worker's answer. */
export type MadeClip = { ok: true } | { ok: false; message: string }

/** Draws and encodes away from the simulator's own thread, which has pictures to send meanwhile. */
async function make({ spec, file }: MakeClip): Promise<void> {
  const { backdrop, pictures } = drawClip(spec)
  await writeClip(file, backdrop, await encode(pictures, spec))
}

parentPort?.on('message', (wanted: MakeClip) => {
  make(wanted).then(
    () => answer({ ok: true }),
    (error: unknown) => answer({ ok: false, message: String(error) }),
  )
})

const answer = (made: MadeClip): void => parentPort?.postMessage(made)
