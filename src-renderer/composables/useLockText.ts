import type { EvidenceLock, LockedCamera, LockProgress } from '../../src-preload/contract/models/evidence-lock.ts'
import type { MarkTone } from '../components/mark-tone.ts'
import type { ResultRow } from '../components/result-row.ts'
import { useCameraNames } from './useCameraNames.ts'
import { timeText } from './useClock.ts'
import { useLengthText, spanText, whenText } from './useSpanText.ts'
import { useWords } from './useWords.ts'

/** How a lock stands: a chip, and a sentence. */
export interface LockText {
  /** `lock`: protected, by the server's word · `trouble`: some camera is NOT · `quiet`: neither can be said. */
  tone: 'lock' | 'trouble' | 'quiet'
  chip: string
  says: string
}

type States = 'applied' | 'following' | 'gone' | 'unread' | 'over' | 'made' | 'unknownSize'

/** Puts evidence locks into words. Nothing is called protected that the server has not confirmed. */
export function useLockText() {
  const { t } = useWords()
  const { nameOf } = useCameraNames()
  const lengthText = useLengthText()

  const plain = (state: States, tone: LockText['tone']): LockText => ({
    tone,
    chip: t(`lock.states.${state}`),
    says: t(`lock.says.${state}`),
  })

  function progressText({ is, cameras }: LockProgress): LockText {
    const all = cameras.length
    const count = (state: LockedCamera['is']) => cameras.filter((camera) => camera.is === state).length
    const [waiting, refused] = [count('waiting'), count('refused')]
    if (is === 'gone') return plain('gone', 'quiet')
    if (is === 'unread') return plain('unread', 'trouble')
    if (waiting > 0)
      return { tone: 'trouble', chip: t('lock.states.waiting', { count: waiting, all }), says: t('lock.says.waiting') }
    if (refused > 0)
      return { tone: 'trouble', chip: t('lock.states.refused', { count: refused, all }), says: t('lock.says.refused') }
    return is === 'applied' ? plain('applied', 'lock') : plain('following', 'quiet')
  }

  /** A lock that was found; what is followed of it, where it was made here; the time by the server's clock. */
  function lockText(lock: EvidenceLock, progress: LockProgress | undefined, nowMs: number): LockText {
    if (isOver(lock, nowMs)) return plain('over', 'quiet')
    if (progress && progress.is !== 'applied') return progressText(progress)
    if (progress) return plain('applied', 'lock')
    return lock.sizeBytes === null ? plain('unknownSize', 'quiet') : plain('made', 'lock')
  }

  const tones: Record<LockedCamera['is'], MarkTone> = { protected: 'on', waiting: 'trouble', refused: 'trouble' }
  const cameraRows = ({ siteId, cameras }: LockProgress): ResultRow[] =>
    cameras.map(({ cameraId, is, message }) => ({
      key: cameraId,
      name: nameOf({ siteId, cameraId }),
      tone: tones[is],
      says: t(`lock.camera.${is}`),
      next: message,
    }))

  function untilText({ expires }: EvidenceLock, nowMs: number): string {
    if (expires.is === 'never') return t('lock.never')
    if (expires.is === 'unknown') return t('lock.unknown')
    const when = whenText(Date.parse(expires.at))
    return Date.parse(expires.at) <= nowMs ? t('lock.overAt', { when }) : when
  }

  const protectsText = ({ begin, end }: { begin: string; end: string }): string => {
    const [fromMs, toMs] = [Date.parse(begin), Date.parse(end)]
    return t('lock.protectsWords', { span: spanText(fromMs, toMs), length: lengthText(toMs - fromMs) })
  }

  const sizeText = ({ sizeBytes }: EvidenceLock): string =>
    sizeBytes === null ? t('lock.sizeUnknown') : bytesText(sizeBytes)

  const seenText = ({ seenAt }: LockProgress): string => t('lock.seen', { time: timeText(Date.parse(seenAt)) })

  return { progressText, lockText, cameraRows, untilText, protectsText, sizeText, seenText }
}

const isOver = ({ expires }: EvidenceLock, nowMs: number): boolean =>
  expires.is === 'at' && Date.parse(expires.at) <= nowMs

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** `1.4 GB`, by thousands as disks are sold. */
function bytesText(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const face = new Intl.NumberFormat('en-GB', {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    maximumFractionDigits: step > 2 ? 1 : 0,
  })
  return face.format(bytes / 1000 ** step)
}
