import type { TileLack } from './tile-lack.ts'
import { useFailureText } from './useFailureText.ts'
import { useTileClock } from './useTileClock.ts'
import { useWords } from './useWords.ts'

/** What a tile of recorded video says where it has no picture of the moment, and what comes next. */
export interface LackText {
  what: string
  next: string
  tone: 'plain' | 'calm' | 'waiting'
}

/** `timeText`: `14:02:30`, in the zone of the site. */
export function useLackText(): (lack: TileLack, timeText: (atMs: number) => string) => LackText {
  const { t } = useWords()
  const failureText = useFailureText()
  const clock = useTileClock()

  const retryIn = (atMs: number): string =>
    t('playback.tile.retryIn', { seconds: Math.max(0, Math.ceil((atMs - clock()) / 1000)) })

  return (lack, timeText) => {
    const plain = (what: string, next: string): LackText => ({ what, next, tone: 'plain' })
    switch (lack.is) {
      case 'opening':
        return { what: t('playback.tile.opening'), next: '', tone: 'calm' }
      case 'gap':
        return plain(t('playback.tile.gap'), t('playback.tile.gapNext', { time: timeText(lack.nextMs) }))
      case 'end':
        return plain(t('playback.tile.end'), t('playback.tile.endNext'))
      case 'nothing':
        return plain(t('playback.tile.nothing'), t('playback.tile.nothingNext'))
      case 'none':
        return plain(t('playback.tile.none'), t('playback.tile.noneNext'))
      case 'masked':
        return plain(t('playback.tile.masked'), t('playback.tile.maskedNext'))
      case 'mayNot':
        return plain(t('playback.tile.mayNot'), t('playback.tile.mayNotNext'))
      case 'codec':
        return plain(t('playback.tile.codec', { codec: lack.codec }), t('playback.tile.codecNext'))
      case 'failure': {
        const { what, next } = failureText(lack.because)
        return lack.retryAtMs === null ? plain(what, next) : { what, next: retryIn(lack.retryAtMs), tone: 'waiting' }
      }
    }
  }
}
