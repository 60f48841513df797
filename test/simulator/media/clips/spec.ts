import type { SceneName } from '../scenes/scene.ts'

/** What a clip is made from; two equal ones are the same clip. */
export interface ClipSpec {
  scene: SceneName
  variant: number
  widthPx: number
  heightPx: number
  pictures: number
  framesPerSecond: number
  kbitPerSecond: number
}
