import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { useCameras } from '../stores/cameras.ts'
import { useWords } from './useWords.ts'

/** Names cameras: one, and several by the first of them. */
export function useCameraNames() {
  const { t } = useWords()
  const cameras = useCameras()

  const nameOf = (camera: CameraRef): string => cameras.find(camera)?.camera.name ?? t('search.unknownCamera')

  function namesOf(refs: readonly CameraRef[]): string {
    const [first] = refs
    if (!first) return ''
    if (refs.length === 1) return nameOf(first)
    return t('search.moreCameras', { camera: nameOf(first) }, refs.length - 1)
  }

  return { nameOf, namesOf }
}
