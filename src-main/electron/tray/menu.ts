import type { CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import {
  cameraKey,
  cameraName,
  camerasInView,
  quickCameras,
  recordingOf,
  shutBecause,
  type TrayKnown,
} from './known.ts'
import { camerasWord, listed, minutesLeft, reasonOf } from './words.ts'

/** What somebody can want of the tray. */
export type TrayWish =
  | { wish: 'record'; cameras: CameraRef[] }
  | { wish: 'stop'; camera: CameraRef }
  | { wish: 'bookmark'; cameras: CameraRef[] }
  | { wish: 'sign-out'; siteId: SiteId }
  | { wish: 'start-at-log-on'; isOn: boolean }
  | { wish: 'record-shortcut'; keys: string | null }
  | { wish: 'open-window' }
  | { wish: 'quit' }

/** A line of the tray's menu; a text is there to be read only. */
export type TrayEntry =
  | { is: 'line' }
  | { is: 'text'; label: string }
  | { is: 'wish'; label: string; wish: TrayWish }
  | { is: 'switch'; label: string; wish: TrayWish; isOn: boolean; isOneOf: boolean }
  | { is: 'more'; label: string; entries: TrayEntry[] }

/** A longer menu is not read. */
const MOST_CAMERAS = 24

/** Keys to choose from. Another one can stand in the preferences. */
const KEYS = ['Ctrl+Alt+R', 'Ctrl+Shift+F9', 'Ctrl+Alt+F12']

export function menuOf(known: TrayKnown, heads: string[], nowMs: number): TrayEntry[] {
  return [
    ...heads.map((label): TrayEntry => ({ is: 'text', label })),
    { is: 'line' },
    camerasEntry('Record now', 'record', known, quickCameras(known)),
    camerasEntry('Record all in view', 'record', known, camerasInView(known)),
    camerasEntry('Bookmark now', 'bookmark', known, quickCameras(known)),
    { is: 'line' },
    ...known.sites.map((site) => siteEntry(known, site, nowMs)),
    { is: 'line' },
    { is: 'wish', label: 'Open Watchpost', wish: { wish: 'open-window' } },
    ...logOnEntry(known),
    keysEntry(known),
    { is: 'line' },
    { is: 'wish', label: 'Quit', wish: { wish: 'quit' } },
  ]
}

function camerasEntry(label: string, wish: 'record' | 'bookmark', known: TrayKnown, cameras: CameraRef[]): TrayEntry {
  if (cameras.length === 0) return { is: 'text', label: `${label}: no camera` }
  const names = cameras.length > 3 ? camerasWord(cameras.length) : listed(cameras.map((one) => cameraName(known, one)))
  return { is: 'wish', label: `${label}: ${names}`, wish: { wish, cameras } }
}

function siteEntry(known: TrayKnown, site: Site, nowMs: number): TrayEntry {
  const shut = shutBecause(site)
  if (shut) return { is: 'text', label: `${site.name}: ${reasonOf(shut)}` }
  const cameras = camerasOf(known, site)
  return {
    is: 'more',
    label: site.name,
    entries: [
      ...cameras.map((camera) => cameraEntry(known, camera, nowMs)),
      ...(cameras.length > 0 ? [{ is: 'line' } as const] : []),
      { is: 'wish', label: 'Sign out', wish: { wish: 'sign-out', siteId: site.id } },
    ],
  }
}

/** What this desk records or was asked to, then the cameras of the press, then those on the wall. */
function camerasOf(known: TrayKnown, { id }: Site): CameraRef[] {
  const ours = known.recordings.get(id)?.cameras.filter(({ startedBy }) => startedBy === 'us') ?? []
  const all = [...ours.map(({ camera }) => camera), ...quickCameras(known), ...camerasInView(known)]
  const here = all.filter(({ siteId }) => siteId === id).map((camera) => [cameraKey(camera), camera] as const)
  return [...new Map(here).values()].slice(0, MOST_CAMERAS)
}

function cameraEntry(known: TrayKnown, camera: CameraRef, nowMs: number): TrayEntry {
  const name = cameraName(known, camera)
  const now = recordingOf(known, camera)
  const stop = (label: string): TrayEntry => ({ is: 'wish', label, wish: { wish: 'stop', camera } })
  if (now?.state === 'recording') {
    const left = now.endsAt === null ? '' : `, ${minutesLeft(Date.parse(now.endsAt) - nowMs)}`
    return stop(`Stop ${name} (REC${left})`)
  }
  if (now?.state === 'requested') return stop(`Stop ${name} (requested, not confirmed)`)
  if (now?.state === 'unknown' && now.startedBy === 'us') return stop(`Stop ${name} (unknown whether it records)`)
  return { is: 'wish', label: `Record ${name}`, wish: { wish: 'record', cameras: [camera] } }
}

function logOnEntry({ startsAtLogOn }: TrayKnown): TrayEntry[] {
  if (startsAtLogOn === null) return []
  const wish: TrayWish = { wish: 'start-at-log-on', isOn: !startsAtLogOn }
  return [{ is: 'switch', label: 'Start at log-on', wish, isOn: startsAtLogOn, isOneOf: false }]
}

function keysEntry({ preferences: { recordShortcut }, isKeyTaken }: TrayKnown): TrayEntry {
  const offered = [...new Set([...(recordShortcut === null ? [] : [recordShortcut]), ...KEYS])]
  const entry = (label: string, keys: string | null): TrayEntry => ({
    is: 'switch',
    label,
    wish: { wish: 'record-shortcut', keys },
    isOn: keys === recordShortcut,
    isOneOf: true,
  })
  const label = isKeyTaken ? 'Recording key (taken by another program)' : 'Recording key'
  return { is: 'more', label, entries: [...offered.map((keys) => entry(keys, keys)), entry('None', null)] }
}
