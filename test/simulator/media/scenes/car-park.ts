import { fill } from '../draw/polygon.ts'
import type { SceneMaker } from './scene.ts'

export const carPark: SceneMaker = () => ({
  drawBackdrop: (canvas) =>
    fill(
      canvas,
      [
        [0, 0],
        [640, 0],
        [640, 360],
        [0, 360],
      ],
      [0.1, 0.12, 0.14],
    ),
  drawMoment: (canvas, loop) => {
    const x = loop * 600
    fill(
      canvas,
      [
        [x, 200],
        [x + 60, 200],
        [x + 60, 240],
        [x, 240],
      ],
      [0.7, 0.3, 0.2],
    )
  },
})
