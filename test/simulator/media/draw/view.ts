import type { Point } from './canvas.ts'
import { DESIGN_HEIGHT, DESIGN_WIDTH } from './canvas.ts'

/** A place in the scene, in metres: to the right, ahead, and up from the ground below the camera. */
export type Place = readonly [right: number, ahead: number, up: number]

/** Nothing nearer than this is drawn, in metres. */
const NEAR = 0.25

/** Where a camera hangs and looks; turns places into points of its picture. */
export class View {
  /** Where the camera hangs. */
  readonly position: Place
  readonly #focal: number
  readonly #turn: readonly [cos: number, sin: number]
  readonly #tilt: readonly [cos: number, sin: number]

  constructor(camera: {
    position: Place
    /** Degrees: to the right and down. */
    turnDeg?: number
    tiltDeg?: number
    /** Degrees across the picture. */
    fieldDeg: number
  }) {
    const radians = (degrees: number) => (degrees * Math.PI) / 180
    const turn = radians(camera.turnDeg ?? 0)
    const tilt = radians(camera.tiltDeg ?? 0)
    this.position = camera.position
    this.#turn = [Math.cos(turn), Math.sin(turn)]
    this.#tilt = [Math.cos(tilt), Math.sin(tilt)]
    this.#focal = DESIGN_WIDTH / 2 / Math.tan(radians(camera.fieldDeg) / 2)
  }

  /** The place as the camera sees it: right, down, and away from it. */
  #seen([x, y, z]: Place): Place {
    const right = x - this.position[0]
    const ahead = y - this.position[1]
    const up = z - this.position[2]
    const across = right * this.#turn[0] - ahead * this.#turn[1]
    const away = right * this.#turn[1] + ahead * this.#turn[0]
    return [across, -up * this.#tilt[0] - away * this.#tilt[1], away * this.#tilt[0] - up * this.#tilt[1]]
  }

  #onPicture([across, down, away]: Place): Point {
    return [DESIGN_WIDTH / 2 + (across / away) * this.#focal, DESIGN_HEIGHT / 2 + (down / away) * this.#focal]
  }

  /** Where a place before the camera appears. */
  point(place: Place): Point {
    const [across, down, away] = this.#seen(place)
    return this.#onPicture([across, down, Math.max(NEAR, away)])
  }

  /** The direction, in the scene, of what appears at a point. */
  ray(x: number, y: number, into: Float64Array): void {
    const across = (x - DESIGN_WIDTH / 2) / this.#focal
    const down = (y - DESIGN_HEIGHT / 2) / this.#focal
    const ahead = this.#tilt[0] - down * this.#tilt[1]
    into[0] = across * this.#turn[0] + ahead * this.#turn[1]
    into[1] = ahead * this.#turn[0] - across * this.#turn[1]
    into[2] = -down * this.#tilt[0] - this.#tilt[1]
  }

  /** How many design units one metre takes at that place. */
  unitsPerMetre(place: Place): number {
    return this.#focal / Math.max(NEAR, this.#seen(place)[2])
  }

  /** Metres from the camera's plane: what is farther is drawn first. */
  distance(place: Place): number {
    return this.#seen(place)[2]
  }

  /** The outline of a flat face, cut off where it would pass behind the camera. */
  outline(places: readonly Place[]): Point[] {
    const seen = places.map((place) => this.#seen(place))
    const kept: Place[] = []
    seen.forEach((place, i) => {
      const before = seen.at(i - 1)!
      if (before[2] < NEAR !== place[2] < NEAR)
        kept.push(between(before, place, (NEAR - before[2]) / (place[2] - before[2])))
      if (place[2] >= NEAR) kept.push(place)
    })
    return kept.map((place) => this.#onPicture(place))
  }

  /** Whether the camera sees the side from which the face's places run counter-clockwise. */
  sees(places: readonly Place[], normal: Place): boolean {
    const [x, y, z] = places[0]!
    const [px, py, pz] = this.position
    return (px - x) * normal[0] + (py - y) * normal[1] + (pz - z) * normal[2] > 0
  }
}

function between(a: Place, b: Place, part: number): Place {
  const at = (i: 0 | 1 | 2) => a[i] + (b[i] - a[i]) * part
  return [at(0), at(1), at(2)]
}
