import type { CallName } from '../../src-preload/contract/calls.ts'

/** How often one call may be made: `burst` at once, refilled at `perSecond`. */
interface Allowance {
  perSecond: number
  burst: number
}

const usual: Allowance = { perSecond: 50, burst: 50 }

/**
 * Calls a healthy page makes more often. A view has up to 64 tiles, and each may gather 64 candidates (security.md 4.7);
 * 10,000 cameras are read in pages.
 */
const unusual: Partial<Record<CallName, Allowance>> = {
  listCameras: { perSecond: 100, burst: 400 },
  listStreams: { perSecond: 50, burst: 128 },
  openSession: { perSecond: 50, burst: 128 },
  answerSession: { perSecond: 50, burst: 128 },
  offerSession: { perSecond: 50, burst: 128 },
  addCandidate: { perSecond: 640, burst: 4_096 },
  nextCandidates: { perSecond: 640, burst: 1_024 },
  closeSession: { perSecond: 100, burst: 256 },
  listSequences: { perSecond: 50, burst: 256 },
  // A pointer that runs along a timeline moves with every picture of the screen.
  findPicture: { perSecond: 144, burst: 256 },
  leavePicture: { perSecond: 144, burst: 256 },
  startRecording: { perSecond: 50, burst: 128 },
  stopRecording: { perSecond: 50, burst: 128 },
  readRecordingLimits: { perSecond: 50, burst: 128 },
  // Sixteen cameras at eight times their speed.
  writeExport: { perSecond: 500, burst: 1_000 },
}

/** What the bucket says: admitted, or how long to wait. `first` is true once per dry spell, so a flood is one log line. */
export type Admission = { admitted: true } | { admitted: false; retryAfterMs: number; first: boolean }

/** One bucket per call name (security.md 1.5 point 4). `now` is monotonic, milliseconds. */
export function createRate(now: () => number): (name: CallName) => Admission {
  const buckets = new Map<CallName, { left: number; at: number; dry: boolean }>()

  return (name) => {
    const { perSecond, burst } = unusual[name] ?? usual
    const at = now()
    const before = buckets.get(name) ?? { left: burst, at, dry: false }
    const left = Math.min(burst, before.left + (Math.max(0, at - before.at) / 1000) * perSecond)
    const admitted = left >= 1
    buckets.set(name, { left: admitted ? left - 1 : left, at, dry: !admitted })
    if (admitted) return { admitted: true }
    return { admitted: false, retryAfterMs: Math.ceil(((1 - left) / perSecond) * 1000), first: !before.dry }
  }
}
