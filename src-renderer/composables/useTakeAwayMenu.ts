import { computed, reactive } from 'vue'
import { useExportTool } from './useExportTool.ts'
import { useSnapshotTool } from './useSnapshotTool.ts'
import { useWords } from './useWords.ts'

/** All that can be taken away, behind one button: for a bar that has no room for more. */
export function useTakeAwayMenu(wish: Parameters<typeof useExportTool>[0]) {
  const { t } = useWords()
  const snapshot = useSnapshotTool()
  const exporting = useExportTool(wish)

  const entries = computed(() => [
    {
      entry: 'snapshot' as const,
      name: snapshot.props.label,
      hotkey: snapshot.props.hotkey,
      whyNot: snapshot.props.disabled ? t('recording.noCamera') : undefined,
    },
    {
      entry: 'export' as const,
      name: t('takeAway.exportTitle'),
      hotkey: 'Ctrl+E',
      whyNot: exporting.why.value,
    },
    ...snapshot.props.entries,
  ])

  function choose(entry: (typeof entries.value)[number]['entry']): Promise<unknown> | undefined {
    if (entry === 'snapshot') snapshot.take()
    else if (entry === 'export') exporting.open()
    else return snapshot.choose(entry)
    return undefined
  }

  return reactive({ label: computed(() => t('takeAway.save')), entries, choose })
}
