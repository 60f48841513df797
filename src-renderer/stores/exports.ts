import { defineStore } from 'pinia'
import { computed, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { BrokenExport } from '../../src-preload/contract/models/export.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { SavedFile } from '../../src-preload/contract/models/snapshot.ts'
import { ask } from '../api/ask.ts'
import type { ExportWish } from '../media/export/export-sink.ts'
import type { ExportState } from '../media/export/exporter.ts'

/** What the form for an export begins with. Epoch milliseconds by the server's clock. */
export interface ExportDraft {
  offered: readonly CameraRef[]
  picked: readonly CameraRef[]
  fromMs: number
  toMs: number
  /** When the form was opened: nothing later can be exported. */
  nowMs: number
}

/** The export that runs, or was over last. */
export interface RunningExport {
  wish: ExportWish
  state: ExportState
}

/** Viewing copies of recordings: the form, and how the one export there is fares. */
export const useExports = defineStore('exports', () => {
  const draft = shallowRef<ExportDraft>()
  const current = shallowRef<RunningExport>()
  const isOpen = ref(false)
  /** Those the program did not end the last time, and that nobody has dismissed. */
  const broken = shallowRef<readonly BrokenExport[]>([])

  const isBusy = computed(() => {
    const phase = current.value?.state.phase
    return phase === 'running' || phase === 'stopped'
  })

  /** Opens the form; where an export runs, that is shown instead. */
  function open(wish: ExportDraft): void {
    if (!isBusy.value) {
      draft.value = wish
      current.value = undefined
    }
    isOpen.value = true
  }

  function begun(wish: ExportWish): void {
    current.value = { wish, state: { phase: 'running', folder: '', cameras: [] } }
  }

  function changed(state: ExportState): void {
    if (current.value) current.value = { ...current.value, state }
  }

  /** What was over has been seen then. One that runs, runs on. */
  function close(): void {
    isOpen.value = false
    if (!isBusy.value) current.value = undefined
  }

  /** Throws where main cannot say. */
  async function load(): Promise<void> {
    broken.value = await ask('listBrokenExports')
  }

  /** What is there stays; nothing is told of it any more. */
  async function dismissBroken({ id }: BrokenExport): Promise<void> {
    broken.value = broken.value.filter((one) => one.id !== id)
    await ask('dismissBrokenExport', { id })
  }

  return {
    broken: shallowReadonly(broken),
    load,
    dismissBroken,
    draft: shallowReadonly(draft),
    current: shallowReadonly(current),
    isOpen: readonly(isOpen),
    isBusy,
    open,
    show: () => void (isOpen.value = true),
    close,
    /** What was typed so far. */
    keep: (typed: Partial<ExportDraft>) => void (draft.value &&= { ...draft.value, ...typed }),
    begun,
    changed,
    /** Throws `bad-file` where the folder is not there. */
    room: () => ask('readExportRoom'),
    chooseFolder: () => ask('chooseTakeAwayFolder'),
    showFile: ({ id }: SavedFile) => ask('showSaved', { id }),
  }
})
