import { defineStore } from 'pinia'
import { computed, readonly, ref, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CaptureDone, CaptureProbe } from '../../src-preload/contract/models/capture.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { ask } from '../api/ask.ts'
import { useSession } from './session.ts'

/** How far a capture of one site's server facts has come. */
export type Capture =
  | { phase: 'asking'; problem?: Failure; wasCalledOff?: true }
  | { phase: 'running' }
  | { phase: 'calling-off' }
  | { phase: 'done'; done: CaptureDone }

/** Captures of server facts: one may run on while the dialog is closed, or another site is looked at. */
export const useCapture = defineStore('capture', () => {
  const session = useSession()
  const isOpen = ref(false)
  const siteId = ref<SiteId>()
  const captures = shallowRef<ReadonlyMap<SiteId, Capture>>(new Map())

  /** The site the dialog is about; absent where nobody is signed in anywhere. */
  const site = computed(() => session.sites.find(({ id }) => id === siteId.value))
  const capture = computed((): Capture => (siteId.value && captures.value.get(siteId.value)) ?? { phase: 'asking' })

  function become(id: SiteId, now: Capture): void {
    captures.value = new Map(captures.value).set(id, now)
  }

  /** For the site looked at, where somebody is signed in there; else for the first one that is open. */
  function show(): void {
    const isLookedAt = session.openSites.some(({ id }) => id === session.selected?.id)
    siteId.value = isLookedAt ? session.selected?.id : session.openSites[0]?.id
    isOpen.value = true
  }

  function choose(id: SiteId): void {
    siteId.value = id
  }

  /** What came of a capture was seen. One that runs, runs on. */
  function close(): void {
    isOpen.value = false
    const { phase } = capture.value
    if (siteId.value && (phase === 'asking' || phase === 'done')) become(siteId.value, { phase: 'asking' })
  }

  async function start(probes: CaptureProbe[]): Promise<void> {
    const id = siteId.value
    if (!id || capture.value.phase !== 'asking') return
    become(id, { phase: 'running' })
    try {
      const done = await ask('captureFacts', { siteId: id, probes })
      const wasCalledOff = captures.value.get(id)?.phase === 'calling-off'
      if (done) become(id, { phase: 'done', done })
      else become(id, { phase: 'asking', ...(wasCalledOff && { wasCalledOff }) })
    } catch (error) {
      become(id, { phase: 'asking', problem: failureOf(error) })
    }
  }

  /** It ends when main says so: what a probe did is taken back first. */
  async function callOff(): Promise<void> {
    const id = siteId.value
    if (!id || capture.value.phase !== 'running') return
    become(id, { phase: 'calling-off' })
    await ask('callOffCapture', { siteId: id })
  }

  return {
    isOpen: readonly(isOpen),
    site,
    capture,
    show,
    choose,
    close,
    start,
    callOff,
    probes: () => ask('listCaptureProbes'),
  }
})
