import { computed, reactive } from 'vue'
import { useSettings } from '../stores/settings.ts'
import { useSnapshots } from '../stores/snapshots.ts'
import { useSeenView } from './useSeenView.ts'
import { useSnapshot } from './useSnapshot.ts'
import { useWords } from './useWords.ts'

type Entry = 'png' | 'jpeg' | 'folder'

/** The button that takes a picture of the selected tile, and how pictures are saved. */
export function useSnapshotTool() {
  const { t } = useWords()
  const view = useSeenView()
  const settings = useSettings()
  const snapshots = useSnapshots()
  const take = useSnapshot()

  const format = computed(() => settings.preferences.snapshotFormat)
  const entries = computed((): { entry: Entry; name: string; isOn?: boolean }[] => [
    { entry: 'png', name: t('takeAway.png'), isOn: format.value === 'png' },
    { entry: 'jpeg', name: t('takeAway.jpeg'), isOn: format.value === 'jpeg' },
    { entry: 'folder', name: t('takeAway.folder') },
  ])

  /** What cannot be kept or chosen reaches the page's error handler, and so the status line. */
  const choose = (entry: Entry): Promise<unknown> =>
    entry === 'folder' ? snapshots.chooseFolder() : settings.save({ snapshotFormat: entry })

  const props = computed(() => ({
    label: t('takeAway.snapshot'),
    title: t('takeAway.snapshotTitle'),
    hotkey: 'Ctrl+S',
    disabled: !view.tiles[view.selected],
    options: t('takeAway.options'),
    entries: entries.value,
  }))
  return reactive({ props, take, choose })
}
