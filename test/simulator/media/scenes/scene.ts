import type { Canvas } from '../draw/canvas.ts'

/** Places a camera of the simulator can look at. */
export const sceneNames = ['car-park', 'corridor', 'gate', 'loading-dock', 'lobby', 'street'] as const
export type SceneName = (typeof sceneNames)[number]

/** One camera's view: what never moves, and what does. */
export interface Scene {
  /** Drawn once per clip. */
  drawBackdrop: (canvas: Canvas) => void
  /** Drawn over the backdrop for each picture; `loop` runs from 0 to 1 and then begins again without a jump. */
  drawMoment: (canvas: Canvas, loop: number) => void
}

/** Draws a place as one of its cameras sees it; variants differ in light, colours, order and time. */
export type SceneMaker = (variant: number) => Scene
