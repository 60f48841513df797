import type { SceneMaker, SceneName } from './scene.ts'
import { carPark } from './car-park.ts'

/** Who draws what. */
export const sceneMakers: Record<SceneName, SceneMaker> = {
  'car-park': carPark,
  corridor: carPark,
  gate: carPark,
  'loading-dock': carPark,
  lobby: carPark,
  street: carPark,
}
