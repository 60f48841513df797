import { computed, ref, shallowRef, watch } from 'vue'
import { failureOf, type Failure } from '../../../src-preload/contract/failure.ts'
import type { LockProfile } from '../../../src-preload/contract/models/evidence-lock.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useEvidenceLocks } from '../../stores/evidence-locks.ts'
import { bySite, microphonesOf, type SiteMicrophone } from './lock-sites.ts'

/** What the server has to say before anything can be locked. */
export type Told<T> = { is: 'reading' } | { is: 'told'; value: T } | { is: 'failed'; because: Failure }

/** What a role may keep for, and which microphones belong to the cameras that are offered: asked once for each form. */
export function useLockFacts(offered: readonly CameraRef[], picked: () => readonly CameraRef[]) {
  const locks = useEvidenceLocks()
  const profiles = shallowRef<Told<LockProfile[]>>({ is: 'reading' })
  const microphones = shallowRef<Told<SiteMicrophone[]>>({ is: 'reading' })
  const sites = bySite(offered)

  async function readProfiles(): Promise<void> {
    profiles.value = { is: 'reading' }
    try {
      const told = await Promise.all([...sites.keys()].map((siteId) => locks.profiles(siteId)))
      profiles.value = { is: 'told', value: told.flat() }
    } catch (error) {
      profiles.value = { is: 'failed', because: failureOf(error) }
    }
  }

  async function readMicrophones(): Promise<void> {
    try {
      const told = await Promise.all(
        [...sites].map(async ([siteId, cameraIds]) =>
          (await locks.microphones(siteId, cameraIds)).map((one) => ({ ...one, siteId })),
        ),
      )
      microphones.value = { is: 'told', value: told.flat() }
    } catch (error) {
      microphones.value = { is: 'failed', because: failureOf(error) }
    }
  }
  void readProfiles() // neither rejects
  void readMicrophones()

  /** Sound is evidence as the picture is: what belongs to a picked camera is ticked until somebody takes it out. */
  const related = computed(() =>
    microphones.value.is === 'told' ? microphonesOf(microphones.value.value, picked()) : [],
  )
  const leftOut = ref<readonly string[]>([])
  const ticked = computed({
    get: () => related.value.map(({ id }) => id).filter((id) => !leftOut.value.includes(id)),
    set: (ids: readonly string[]) => {
      leftOut.value = related.value.map(({ id }) => id).filter((id) => !ids.includes(id))
    },
  })
  watch(related, (now) => {
    leftOut.value = leftOut.value.filter((id) => now.some((one) => one.id === id))
  })

  return { profiles, microphones, related, ticked, readProfiles }
}
