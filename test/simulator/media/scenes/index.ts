import type { SceneMaker, SceneName } from './scene.ts'
import { carPark } from './car-park.ts'
import { corridor } from './corridor.ts'
import { gate } from './gate.ts'
import { loadingDock } from './loading-dock.ts'
import { lobby } from './lobby.ts'
import { street } from './street.ts'

/** Who draws what. */
export const sceneMakers: Record<SceneName, SceneMaker> = {
  'car-park': carPark,
  corridor,
  gate,
  'loading-dock': loadingDock,
  lobby,
  street,
}
