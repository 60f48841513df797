import type { ResultRow } from '../../components/result-row.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { Say } from '../../locales/words.ts'
import type { CameraRow, CameraState } from '../../media/export/exporter.ts'
import { cameraKey } from '../../stores/camera-list.ts'
import { sizeText } from './size-text.ts'

interface Words {
  t: Say
  nameOf: (camera: CameraRef) => string
  lengthOf: (ms: number) => string
  becauseOf: (failure: Failure) => string
  /** Of the whole span, milliseconds. */
  totalMs: number
}

const tones = { waiting: 'off', running: 'busy', stopped: 'trouble', done: 'on', empty: 'off' } as const

/** One row for each camera of an export. */
export const exportRows = (cameras: readonly CameraRow[], words: Words): ResultRow[] =>
  cameras.map(({ camera, state }) => ({
    key: cameraKey(camera),
    name: words.nameOf(camera),
    tone: state.is === 'done' && state.facts.framesLost > 0 ? 'trouble' : tones[state.is],
    ...said(state, words),
  }))

const percentOf = (doneMs: number, totalMs: number): number => Math.floor((doneMs / Math.max(1, totalMs)) * 100)

function said(state: CameraState, { t, lengthOf, becauseOf, totalMs }: Words): { says: string; next?: string } {
  switch (state.is) {
    case 'waiting':
    case 'empty':
      return { says: t(`takeAway.states.${state.is}`) }
    case 'running': {
      const percent = percentOf(state.doneMs, state.totalMs)
      if (state.waitsBecause)
        return { says: t('takeAway.states.tryingAgain', { percent, because: becauseOf(state.waitsBecause) }) }
      const left = lengthOf((state.totalMs - state.doneMs) / state.speed)
      return { says: t('takeAway.states.running', { percent, left, speed: state.speed }) }
    }
    case 'stopped': {
      const percent = percentOf(state.doneMs, totalMs)
      return { says: t('takeAway.states.stopped', { percent, because: becauseOf(state.because) }) }
    }
    case 'done': {
      const { frames, framesLost: lost, gaps } = state.facts
      const size = sizeText(t, state.bytes)
      return {
        says: t(lost > 0 ? 'takeAway.states.doneLost' : 'takeAway.states.done', { frames, lost, size }),
        ...(gaps.length > 0 && { next: t('takeAway.states.gaps', {}, gaps.length) }),
      }
    }
  }
}

/** How much of all cameras is there, in whole per cent. */
export function percentDone(cameras: readonly CameraRow[], totalMs: number): number {
  const shares = cameras.map(({ state }) => {
    if (state.is === 'done' || state.is === 'empty') return totalMs
    return state.is === 'waiting' ? 0 : state.doneMs
  })
  const done = shares.reduce((sum, share) => sum + share, 0)
  return percentOf(done, totalMs * Math.max(1, cameras.length))
}
