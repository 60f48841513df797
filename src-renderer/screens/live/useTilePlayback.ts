import { useIntervalFn } from '@vueuse/core'
import { computed, onScopeDispose } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { usePlayer, type Playing } from '../../composables/usePlayer.ts'
import { useRecorded } from '../../composables/useRecorded.ts'
import { useLookingBack } from '../../stores/looking-back.ts'
import { useSession } from '../../stores/session.ts'
import { zoneNamed } from '../../time/zone.ts'
import { zoneText } from '../../time/zone-text.ts'

/** A tile that looks back begins with so much of what has just happened. */
const JUST_HAPPENED_MS = 30_000
const TELL_EVERY_MS = 500

/** The playback of one tile by itself: its own clock, which goes on where it was when the tile left the wall for a while. */
export function useTilePlayback(slotId: number, camera: CameraRef) {
  const session = useSession()
  const lookingBack = useLookingBack()

  const site = computed(() => session.sites.find(({ id }) => id === camera.siteId))
  const serverNow = (): number => Date.now() + (site.value?.clockOffsetMs ?? 0)
  const { recorded, look } = useRecorded({ cameras: () => [camera], atMs: () => playing.player.mediaMs, serverNow })
  const fromMs = lookingBack.moments.get(slotId) ?? serverNow() - JUST_HAPPENED_MS
  const playing: Playing = usePlayer({ atMs: fromMs, serverNow, recorded })
  playing.player.play()
  look()

  const tell = (): void => void lookingBack.tell(slotId, Math.round(playing.player.mediaMs))
  tell()
  useIntervalFn(tell, TELL_EVERY_MS)
  onScopeDispose(tell)

  return { ...playing, recorded, timeText: computed(() => zoneText(zoneNamed(site.value?.timeZone).id).time) }
}
