import { bridgeExports } from '../api/export-sink.ts'
import type { ExportWish } from '../media/export/export-sink.ts'
import type { Exporter } from '../media/export/exporter.ts'
import { useExports } from '../stores/exports.ts'
import { useMedia } from './useMedia.ts'

/** The one export of this page: it runs on whatever screen is seen. */
let running: Exporter | undefined

/** Starts the export, and says what shall become of one that has stopped. None of it rejects: the store says what fails. */
export function useExporter() {
  const { playEncoded } = useMedia()
  const exports = useExports()

  async function start(wish: ExportWish): Promise<void> {
    if (exports.isBusy) return
    exports.begun(wish)
    // What writes files is needed by few, and is not loaded before.
    const { Exporter: Made } = await import('../media/export/exporter.ts')
    const deps = { play: playEncoded, sink: bridgeExports, onChange: exports.changed, random: Math.random }
    running = new Made(deps, wish)
    await running.start()
  }

  return {
    start,
    resume: () => running?.resume(),
    endWithout: () => running?.endWithout(),
    cancel: () => running?.cancel(),
  }
}
