import { recordingsHere, type TrayKnown } from './known.ts'
import { menuOf, type TrayEntry } from './menu.ts'
import { troublesOf } from './trouble.ts'
import { camerasWord, countdown } from './words.ts'

/** What the tray's picture says; each has a shape of its own. */
export type TrayPicture = 'idle' | 'recording' | 'trouble' | 'recording-trouble'

/** Everything the tray shows. */
export interface TrayFace {
  picture: TrayPicture
  tooltip: string
  menu: TrayEntry[]
}

/** Windows shows no more of a tooltip. */
const MOST_TOOLTIP = 127

/** What the tray shows of what is known. Decides; somebody else shows it. */
export function faceOf(known: TrayKnown, nowMs: number): TrayFace {
  const troubles = troublesOf(known, nowMs)
  const recording = recordingsHere(known).filter(({ state }) => state === 'recording')
  const ends = recording.flatMap(({ endsAt }) => (endsAt === null ? [] : [Date.parse(endsAt) - nowMs]))
  const left = ends.length === 0 ? '' : `, ${countdown(Math.min(...ends))} left`
  const headline = recording.length === 0 ? 'nothing is recorded' : `REC ${camerasWord(recording.length)}${left}`
  // The menu's own headline has no seconds: it would be made anew every second.
  const heads = [recording.length === 0 ? 'Nothing is recorded' : `REC ${camerasWord(recording.length)}`, ...troubles]
  return {
    picture: pictureOf(recording.length > 0, troubles.length > 0),
    tooltip: [`Watchpost: ${headline}`, ...troubles].join('\n').slice(0, MOST_TOOLTIP),
    menu: menuOf(known, heads, nowMs),
  }
}

function pictureOf(isRecording: boolean, isTrouble: boolean): TrayPicture {
  if (isTrouble) return isRecording ? 'recording-trouble' : 'trouble'
  return isRecording ? 'recording' : 'idle'
}
