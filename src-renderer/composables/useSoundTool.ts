import { computed } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { useListening } from '../stores/listening.ts'
import { useWords } from './useWords.ts'

/** The button a tile is listened to by, and the one for how loud. `place` is as `soundPlace` says. */
export function useSoundTool(place: () => string, camera: () => CameraRef) {
  const { t } = useWords()
  const listening = useListening()
  // Whoever points at a tile may want to hear it: by then it is known whether there is a microphone.
  listening.look(camera())

  const props = computed(() => {
    const isOn = listening.place === place()
    const name = isOn ? t('sound.mute') : t('sound.listen')
    const hasNone = listening.hasMicrophone(camera()) === false
    return {
      isOn,
      name,
      title: hasNone && !isOn ? `${name}: ${t('sound.noMicrophone')}` : `${name} · M`,
      isDisabled: hasNone && !isOn,
      /** Of what cannot be heard there is nothing to be made softer. */
      hasVolume: isOn && !hasNone,
      volume: listening.volume,
      volumeTitle: `${t('sound.volume', { percent: Math.round(listening.volume * 100) })} · Shift+M`,
    }
  })
  return { props, toggle: () => listening.toggle(place(), camera()), nextVolume: listening.nextVolume }
}
