import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef, watch } from 'vue'
import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Cannot } from '../../src-preload/contract/may-do.ts'
import type { CameraId, CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job } from '../../src-preload/contract/models/job.ts'
import type { SiteRecordings } from '../../src-preload/contract/models/recording.ts'
import { ask } from '../api/ask.ts'
import { cameraKey, type CameraKey } from './camera-list.ts'
import { isOver } from './jobs.ts'
import { recordingFace, type Press, type RecordingFace } from './recording-face.ts'
import { useSession } from './session.ts'

/** Which cameras record by the server's word, what was asked of them last, and what there is to say of each. */
export const useRecordings = defineStore('recordings', () => {
  const session = useSession()
  const bySite = shallowRef<ReadonlyMap<SiteId, SiteRecordings>>(new Map())
  /** Of cameras that were asked for something while the page looked. A site's next word of them ends what is over. */
  const presses = shallowRef<ReadonlyMap<CameraKey, Press>>(new Map())

  /** The operator has seen that the server does not confirm these. */
  const seen = shallowRef<ReadonlySet<CameraKey>>(new Set())

  const now = computed(() => {
    const known = [...bySite.value.values()].flatMap(({ cameras }) => cameras)
    return new Map(known.map((one) => [cameraKey(one.camera), one]))
  })

  /** Only cameras of which there is something to say: a wall where nothing records has an empty map to look into. */
  const faces = computed<ReadonlyMap<CameraKey, RecordingFace>>(() => {
    const said = new Map<CameraKey, RecordingFace>()
    for (const key of new Set([...now.value.keys(), ...presses.value.keys()])) {
      const face = recordingFace(now.value.get(key), presses.value.get(key))
      if (face && !isSeen(key, face)) said.set(key, face)
    }
    return said
  })

  const isSeen = (key: CameraKey, face: RecordingFace): boolean =>
    face.is === 'not-recording' && face.why === 'not-confirmed' && seen.value.has(key)

  const count = computed(() => [...faces.value.values()].filter(({ is }) => is === 'recording').length)

  function recordingsChanged(site: SiteRecordings): void {
    bySite.value = new Map(bySite.value).set(site.siteId, site)
    forgetOver(site)
  }

  /** What the server now says of a camera is the word on a command that is over, and on a refusal before it. */
  function forgetOver({ siteId, cameras }: SiteRecordings): void {
    const unconfirmed = new Set(
      cameras.filter(({ trouble }) => trouble === 'not-confirmed').map(({ camera }) => cameraKey(camera)),
    )
    seen.value = new Set([...seen.value].filter((key) => !key.startsWith(siteId) || unconfirmed.has(key)))
    const recording = new Set(
      cameras.filter(({ state }) => state === 'recording').map(({ camera }) => cameraKey(camera)),
    )
    const isKept = ([key, press]: [CameraKey, Press]): boolean => {
      if (!key.startsWith(siteId) || press.is === 'asking') return true
      if (recording.has(key)) return press.is === 'command' && !isOver(press.job.state)
      return press.is !== 'command' || press.job.state.phase !== 'done'
    }
    if ([...presses.value].every(isKept)) return
    presses.value = new Map([...presses.value].filter(isKept))
  }

  function jobChanged(job: Job): void {
    if (!isOfRecording(job)) return
    const key = cameraKey({ siteId: job.siteId, cameraId: job.deviceId as CameraId })
    const held = presses.value.get(key)
    // An older command that ends says nothing of a newer one.
    if (held?.is === 'command' && held.job.id !== job.id && held.job.acceptedAt > job.acceptedAt) return
    press(key, { is: 'command', job })
  }

  function press(key: CameraKey, what: Press): void {
    if (seen.value.has(key)) seen.value = new Set([...seen.value].filter((other) => other !== key))
    presses.value = new Map(presses.value).set(key, what)
  }

  /** Nothing of it crosses the bridge: it is said in the place of what was asked for. */
  function refuse(camera: CameraRef, cannot: Cannot): void {
    press(cameraKey(camera), { is: 'not-done', why: 'cannot', cannot })
  }

  /** What is asked for is shown at once as asked for; where main cannot take it, as not done. Never rejects. */
  async function asking(camera: CameraRef, call: () => Promise<Job>): Promise<void> {
    const key = cameraKey(camera)
    press(key, { is: 'asking' })
    try {
      const job = await call()
      // What became of it may have been announced already.
      if (presses.value.get(key)?.is === 'asking') jobChanged(job)
    } catch (error) {
      press(key, { is: 'not-done', why: 'failure', because: failureOf(error) })
    }
  }

  const start = (camera: CameraRef, seconds?: number): Promise<void> =>
    asking(camera, () => ask('startRecording', { camera, ...(seconds !== undefined && { seconds }) }))

  /** Throws what kept it from being asked for: the recording goes on. */
  async function stop(camera: CameraRef): Promise<void> {
    jobChanged(await ask('stopRecording', { camera }))
  }

  /** Throws `not-found` where this program records nothing there. */
  async function extend(camera: CameraRef, seconds: number): Promise<void> {
    jobChanged(await ask('extendRecording', { camera, seconds }))
  }

  /** The operator has seen that it does not record. */
  function dismiss(camera: CameraRef): void {
    const key = cameraKey(camera)
    const rest = new Map(presses.value)
    if (rest.delete(key)) presses.value = rest
    seen.value = new Set(seen.value).add(key)
  }

  /** A page that was loaded anew, or a site that has just opened: nothing was announced to it yet. */
  async function load(siteId: SiteId): Promise<void> {
    const listed = await ask('listRecordings', { siteId })
    if (!bySite.value.has(siteId)) recordingsChanged(listed)
  }

  watch(
    () => session.openSites.map(({ id }) => id),
    (ids, before = []) => {
      // Whether something records is no reason to keep a wall from opening; a failure here reaches the status line.
      for (const id of ids) if (!before.includes(id)) void load(id)
    },
    { immediate: true },
  )

  return {
    now: shallowReadonly(now),
    faces: shallowReadonly(faces),
    count,
    /** The server's word on what records reaches us. */
    isKnown: (siteId: SiteId) => bySite.value.get(siteId)?.isKnown === true,
    recordingsChanged,
    jobChanged,
    start,
    stop,
    extend,
    refuse,
    dismiss,
    limits: (camera: CameraRef) => ask('readRecordingLimits', { camera }),
  }
})

const isOfRecording = ({ kind }: Job): boolean =>
  kind === 'start-recording' || kind === 'stop-recording' || kind === 'extend-recording'
