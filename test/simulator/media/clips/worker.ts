import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
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

/** Nice enough that whoever plays pictures meanwhile gets the processor, and not so nice that it never ends. */
const PATIENT_NICENESS = 15

/** Draws and encodes away from the simulator's own thread, which has pictures to send meanwhile. */
async function make({ spec, file }: MakeClip): Promise<void> {
  const { backdrop, pictures } = drawClip(spec)
  await writeClip(file, backdrop, await encode(pictures, spec))
}

// Linux keeps niceness by thread, and ffmpeg inherits this one's; elsewhere it would slow down the whole process.
if ((workerData as { isPatient: boolean }).isPatient && process.platform === 'linux') setPriority(PATIENT_NICENESS)

parentPort?.on('message', (wanted: MakeClip) => {
  make(wanted).then(
    () => answer({ ok: true }),
    (error: unknown) => answer({ ok: false, message: error instanceof Error ? error.message : String(error) }),
  )
})

const answer = (made: MadeClip): void => parentPort?.postMessage(made)
