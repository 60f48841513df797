import type { SoundFace } from './useTileSound.ts'
import { useWords } from './useWords.ts'

/** What a tile says of its sound, and by which sign. */
export function useSoundText(): (face: SoundFace) => { sign: 'heard' | 'waiting' | 'quiet'; says: string } {
  const { t } = useWords()
  return (face) => {
    switch (face.is) {
      case 'heard':
        return { sign: 'heard', says: t('sound.heard') }
      case 'waiting':
        return { sign: 'waiting', says: t('sound.waiting') }
      case 'none':
        return { sign: 'quiet', says: t('sound.none') }
      case 'no-microphone':
        return { sign: 'quiet', says: t('sound.noMicrophone') }
      case 'paused':
        return { sign: 'quiet', says: t('sound.paused') }
      case 'speed':
        return { sign: 'quiet', says: t('sound.speed', { speed: face.speed }) }
    }
  }
}
