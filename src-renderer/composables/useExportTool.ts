import { computed, type ComputedRef } from 'vue'
import { hasEncodedFrames } from '../media/export/encoded-frames.ts'
import { cameraKey } from '../stores/camera-list.ts'
import { useExports } from '../stores/exports.ts'
import { usePlayback } from '../stores/playback.ts'
import { useHotkeys } from './useHotkeys.ts'
import { useMarking } from './useMarking.ts'
import { useSeenView } from './useSeenView.ts'
import { useWords } from './useWords.ts'

/** What is offered where nothing is marked: so much up to now, or up to the moment that is seen. */
const BACK_MS = 60_000

/** Opens the form for a viewing copy of what is marked on the timeline, or of the last minute. */
export function useExportTool(wish: {
  /** The moment that is seen, epoch milliseconds by the server's clock. */
  atMs: () => number
  when?: () => boolean
}): { open: () => void; why: ComputedRef<string | undefined> } {
  const { t } = useWords()
  const view = useSeenView()
  const playback = usePlayback()
  const exports = useExports()
  const { serverNow, whyNot } = useMarking()

  const selected = computed(() => view.tiles[view.selected] ?? null)
  const offered = computed(() => {
    const all = view.tiles.flatMap((camera) => (camera && !whyNot('export', camera) ? [camera] : []))
    return [...new Map(all.map((camera) => [cameraKey(camera), camera])).values()]
  })
  const why = computed(() => {
    if (!hasEncodedFrames()) return t('takeAway.noEncodedFrames')
    if (offered.value.length > 0) return undefined
    const cannot = selected.value && whyNot('export', selected.value)
    return cannot ? t(`cannot.${cannot}`) : t('recording.noCamera')
  })

  function open(): void {
    const [first] = offered.value
    if (why.value || !first) return
    const isOffered = offered.value.find((camera) => selected.value && cameraKey(camera) === cameraKey(selected.value))
    const toMs = wish.atMs()
    const span = playback.marked ?? { fromMs: toMs - BACK_MS, toMs }
    const nowMs = serverNow(first.siteId)
    exports.open({ offered: offered.value, picked: [isOffered ?? first], ...span, nowMs })
  }

  useHotkeys({ 'Ctrl+E': { act: (event) => event.repeat || open(), says: t('takeAway.export') } }, wish.when)
  return { open, why }
}
