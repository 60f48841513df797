import { computed, ref, shallowRef } from 'vue'
import type { CameraSearch } from '../../composables/useCameraSearch.ts'
import type { ListedCamera } from '../../stores/camera-list.ts'
import { foundRows, treeRows, type Branch, type TreeRow } from './tree-rows.ts'
import { treeStep, typeAhead } from './tree-keys.ts'

/** Letters typed within this time belong together (WAI-ARIA tree pattern). */
const TYPE_AHEAD_MS = 800

/** The camera tree's rows and where the keyboard stands in them. The row is remembered by key, so it survives a reload. */
export function useCameraTree(
  branches: () => readonly Branch[],
  search: CameraSearch,
  show: (camera: ListedCamera) => void,
) {
  const toggled = shallowRef<ReadonlySet<string>>(new Set())
  const activeKey = ref('')
  let typed = { text: '', atMs: 0 }

  const isOpen = (key: string, startsOpen: boolean) => startsOpen !== toggled.value.has(key)

  const rows = computed<readonly TreeRow[]>(() =>
    search.isOn.value ? foundRows(search.found.value) : treeRows(branches(), isOpen),
  )
  const activeIndex = computed(() => rows.value.findIndex(({ key }) => key === activeKey.value))

  function toggle(key: string): void {
    if (search.isOn.value) return
    const next = new Set(toggled.value)
    if (!next.delete(key)) next.add(key)
    toggled.value = next
  }

  function activate(index: number): void {
    const row = rows.value[index]
    if (row) activeKey.value = row.key
  }

  /** What Enter and a double click do. */
  function open(index: number): void {
    const row = rows.value[index]
    if (!row || row.kind === 'note') return
    if (row.kind === 'camera') return show(row.camera)
    toggle(row.key)
  }

  function onKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (press(event.key)) event.preventDefault()
  }

  function press(key: string): boolean {
    if (key === 'Enter') {
      open(activeIndex.value)
      return true
    }
    if (key.length === 1 && key !== '/') return jump(key)
    const step = treeStep(rows.value, activeIndex.value, key)
    if (step.do === 'nothing') return false
    if (step.do === 'go') activate(step.to)
    else toggle(step.key)
    return true
  }

  function jump(letter: string): boolean {
    const nowMs = performance.now()
    const isNew = nowMs - typed.atMs > TYPE_AHEAD_MS
    if (isNew && letter === ' ') return false
    typed = { text: isNew ? letter : typed.text + letter, atMs: nowMs }
    activate(typeAhead(rows.value, activeIndex.value, typed.text))
    return true
  }

  return { rows, activeIndex, activate, open, toggle, onKeydown }
}
