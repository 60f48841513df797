import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useFailureText } from '../../composables/useFailureText.ts'
import { useRecordingText } from '../../composables/useRecordingText.ts'
import { useWords } from '../../composables/useWords.ts'
import type { ListedCamera } from '../../stores/camera-list.ts'
import { useCameras } from '../../stores/cameras.ts'
import type { RecordingFace } from '../../stores/recording-face.ts'
import type { TileFace } from './tile-face.ts'

/** Names a tile and says its state, for the eye and for a screen reader. */
export function useTileWords() {
  const { t } = useWords()
  const failureText = useFailureText()
  const recordingText = useRecordingText()
  const cameras = useCameras()

  /** Nothing until the list has been read: a name that is not known yet is not missing. */
  function nameOf(camera: CameraRef, known: ListedCamera | undefined): string {
    if (known) return known.camera.name
    return cameras.of(camera.siteId).load.phase === 'ready' ? t('live.tile.unknown') : ''
  }

  function label(index: number, name: string, face: TileFace, recording: RecordingFace | undefined): string {
    const tile = index + 1
    if (face.is === 'empty') return t('live.tile.empty', { tile })
    const records = recording && recordingText(recording, () => 0).says
    return t('live.tile.says', { tile, name, state: records ? `${stateOf(face)}, ${records}` : stateOf(face) })
  }

  function stateOf(face: Exclude<TileFace, { is: 'empty' }>): string {
    switch (face.is) {
      case 'opening':
        return t('live.tile.opening')
      case 'live':
        return t('live.tile.isLive')
      case 'stale':
        return t('live.tile.stale', { seconds: face.ageSeconds })
      case 'lost':
      case 'failed':
        return failureText(face.because).what
    }
  }

  /** Of a tile that plays back by itself. */
  const backLabel = (index: number, name: string): string =>
    t('live.tile.says', { tile: index + 1, name, state: t('live.back.isPlaying') })

  return { nameOf, label, backLabel }
}
