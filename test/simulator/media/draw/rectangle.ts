import type { Place } from './view.ts'

/** An upright rectangle before the camera: `ahead` metres away, from `left` to `right`. */
export const across = (left: number, right: number, ahead: number, low: number, high: number): Place[] => [
  [left, ahead, low],
  [right, ahead, low],
  [right, ahead, high],
  [left, ahead, high],
]

/** An upright rectangle beside the camera: `right` metres to its right, from `near` to `far`. */
export const along = (right: number, near: number, far: number, low: number, high: number): Place[] => [
  [right, near, low],
  [right, far, low],
  [right, far, high],
  [right, near, high],
]

/** A rectangle lying at a height, as a floor or a ceiling does. */
export const level = (left: number, right: number, near: number, far: number, up: number): Place[] => [
  [left, near, up],
  [right, near, up],
  [right, far, up],
  [left, far, up],
]
