import type { SceneName } from './site.ts'

/** Where a camera hangs: the groups above it from the top, its name and what it sees. */
export interface Place {
  groups: string[]
  name: string
  scene: SceneName
  variant: number
}

/** The site's usual name, which its first group has too. */
export const HEADQUARTERS = 'HQ Campus'

const headquarters: [name: string, scene: SceneName, variant: number][] = [
  ['Car park north', 'car-park', 0],
  ['Corridor 2F east', 'corridor', 0],
  ['Main gate', 'gate', 0],
  ['Loading dock', 'loading-dock', 0],
  ['Lobby', 'lobby', 0],
  ['Street west', 'street', 0],
  ['Car park south', 'car-park', 1],
  ['Corridor 1F', 'corridor', 1],
  ['Service gate', 'gate', 1],
]

const areas: { group: string; part: string; place: string; scene: SceneName }[] = [
  { group: 'Parking', part: 'Level', place: 'Parking', scene: 'car-park' },
  { group: 'Perimeter', part: 'Section', place: 'Fence', scene: 'street' },
  { group: 'Offices', part: 'Floor', place: 'Corridor', scene: 'corridor' },
  { group: 'Depot South', part: 'Hall', place: 'Dock', scene: 'loading-dock' },
  { group: 'Gates', part: 'Side', place: 'Gate', scene: 'gate' },
  { group: 'Public areas', part: 'House', place: 'Hall', scene: 'lobby' },
]
const CAMERAS_IN_PART = 12

/** The place of camera `number`, counted from 1: nine named ones at headquarters, then areas in turn, part by part. */
export function placeOf(number: number): Place {
  const known = headquarters[number - 1]
  if (known) return { groups: [HEADQUARTERS], name: known[0], scene: known[1], variant: known[2] }
  const beyond = number - headquarters.length - 1
  const area = areas[beyond % areas.length]!
  const inArea = Math.floor(beyond / areas.length)
  const part = Math.floor(inArea / CAMERAS_IN_PART) + 1
  return {
    groups: [area.group, `${area.part} ${part}`],
    name: `${area.place} ${number}`,
    scene: area.scene,
    variant: inArea % 3,
  }
}
