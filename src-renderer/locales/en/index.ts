import { app } from './app.ts'
import { audit, auditAct, auditBecause, auditCommand, auditOutcome } from './audit.ts'
import { bookmark } from './bookmark.ts'
import { cannot } from './cannot.ts'
import { capture } from './capture.ts'
import { certificate } from './certificate.ts'
import { badAnswer, certificateProblem, failure, failureDetail, unreachable, windowsSignIn } from './failure.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { keepUnit, lock } from './lock.ts'
import { log } from './log.ts'
import { playback } from './playback.ts'
import { profile } from './profile.ts'
import { jobKind, jobPhase, needsPerson, recording } from './recording.ts'
import { search, span } from './search.ts'
import { signIn } from './sign-in.ts'
import { site } from './site.ts'
import { sound } from './sound.ts'
import { takeAway } from './take-away.ts'
import { timeline } from './timeline.ts'

/** Every word the screens say, in English. Another language is another object of this shape. */
export const en = {
  app,
  audit,
  auditAct,
  auditBecause,
  auditCommand,
  auditOutcome,
  badAnswer,
  bookmark,
  cannot,
  capture,
  certificate,
  certificateProblem,
  failure,
  failureDetail,
  jobKind,
  jobPhase,
  keepUnit,
  keys,
  live,
  lock,
  log,
  needsPerson,
  playback,
  profile,
  recording,
  search,
  signIn,
  site,
  span,
  sound,
  takeAway,
  timeline,
  unreachable,
  windowsSignIn,
}
