import type { Camera } from '../../src-preload/contract/models/camera.ts'
import type { Clock } from './clock.ts'
import { HardwareNames } from './hardware-names.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { HEAD_SIZE, pagesOf } from './pages.ts'
import { inPortions } from './portions.ts'
import { cameraOf, CameraWire } from './wire/camera.ts'

/** Where more is to come, the first view is not kept waiting for names of devices. */
const FIRST_PATIENCE_MS = 500

/**
 * All cameras the user may see, page by page. A camera that makes no sense costs itself and is counted; one that is
 * listed twice, because the list moved under us, is shown once.
 */
export async function* camerasOf(
  deps: { http: Http; clock: Clock; log: Log },
  signal: AbortSignal,
): AsyncGenerator<{ cameras: Camera[]; skipped: number }> {
  const over = new AbortController()
  const both = AbortSignal.any([signal, over.signal])
  const hardware = new HardwareNames({ ...deps, signal: both })
  const seen = new Set<string>()
  let isFirst = true
  try {
    for await (const page of pagesOf('cameras', { ...deps, signal: both, headFirst: true })) {
      const wires = await inPortions(page, read)
      const skipped = page.length - wires.length
      if (skipped > 0) deps.log.warn(`${skipped} of ${page.length} cameras make no sense and are left out`)
      const fresh = wires.filter((wire) => wire.enabled && !seen.has(wire.id))
      for (const { id } of fresh) seen.add(id)
      await hardware.know(
        fresh.flatMap(({ relations }) => relations?.id ?? []),
        isFirst && page.length === HEAD_SIZE ? FIRST_PATIENCE_MS : Infinity,
      )
      isFirst = false
      yield { cameras: fresh.map((wire) => cameraOf(wire, hardware.get(wire.relations?.id ?? ''))), skipped }
    }
  } finally {
    over.abort()
  }
}

const read = (items: unknown[]): CameraWire[] => items.flatMap((item) => CameraWire.safeParse(item).data ?? [])
