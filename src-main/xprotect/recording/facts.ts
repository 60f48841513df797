/** What an administrator decided about recording one camera. */
export interface RecordingFacts {
  recordingEnabled: boolean
  /** So much from before a recording began is kept too; 0 where nothing is. */
  preBufferSeconds: number
  /** The server ends a recording by hand after this long by itself; `null` where it does not. */
  stopsAfterSeconds: number | null
}

/** How long recordings by hand may be, in seconds: the profile's. */
export interface LengthLimits {
  defaultSeconds: number
  minSeconds: number
  maxSeconds: number
}

export interface RecordingLength {
  seconds: number
  /** What made it so: the wish, the usual length, a limit of the profile, or the camera's own end. */
  because: 'asked' | 'usual' | 'shortest' | 'longest' | 'camera'
}

/** How long a recording will be: what is asked for, within the profile's limits, and never beyond the camera's own end. */
export function recordingLength(
  askedSeconds: number | undefined,
  limits: LengthLimits,
  { stopsAfterSeconds }: Pick<RecordingFacts, 'stopsAfterSeconds'>,
): RecordingLength {
  const wished = withinLimits(askedSeconds, limits)
  if (stopsAfterSeconds === null || wished.seconds <= stopsAfterSeconds) return wished
  return { seconds: stopsAfterSeconds, because: 'camera' }
}

function withinLimits(askedSeconds: number | undefined, limits: LengthLimits): RecordingLength {
  const { defaultSeconds, minSeconds, maxSeconds } = limits
  if (askedSeconds === undefined || !Number.isFinite(askedSeconds)) return { seconds: defaultSeconds, because: 'usual' }
  if (askedSeconds < minSeconds) return { seconds: minSeconds, because: 'shortest' }
  if (askedSeconds > maxSeconds) return { seconds: maxSeconds, because: 'longest' }
  return { seconds: askedSeconds, because: 'asked' }
}
