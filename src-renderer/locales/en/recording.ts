import type { JobKind, NeedsPerson } from '../../../src-preload/contract/models/job.ts'

/** Words of recording by hand. */
export const recording = {
  record: 'Record',
  stop: 'Stop',
  more: 'Record for…',
  moreOurs: 'Record longer…',
  noCamera: 'Select a tile with a camera first.',

  rec: 'REC',
  left: 'REC {time} left',
  brief: 'REC {time}',
  stopping: 'REC stopping',
  ending: 'REC ending',
  requested: 'Record requested',
  requestedBrief: 'requested',
  checking: 'Record being checked',
  notKnown: 'REC not known',
  notEnded: 'REC, end not confirmed',
  needsPerson: 'Record: decide in Log',
  not: 'NOT recording',
  notBrief: 'NOT REC',
  seen: 'Seen',

  titles: {
    ours: 'Recording by hand. Ends at {at}.',
    oursNoEnd: 'Recording by hand.',
    preBuffer: 'Kept from {seconds} s before it began.',
    other: 'Recording. It was started elsewhere: by a rule, or by another client.',
    requested: 'Asked for. The server has not said yet that the camera records.',
    checking: 'The command left and no answer came. The server is being asked whether it was done.',
    notKnown: 'It was asked for, but the server’s word does not reach this computer now.',
    notEnded: 'Its end has passed, but the server has not said that the recording stopped.',
    needsPerson: 'Nobody can say whether it was done. Decide in Log what to do.',
  },

  notBecause: {
    keptBack: 'It is sent as soon as that is over, for half a minute.',
    expired: 'The command could not be sent in time, and was not sent.',
    notConfirmed: 'The server took the command, and says that the camera does not record.',
  },

  says: {
    recording: 'recording',
    requested: 'recording requested',
    trouble: 'recording in doubt',
    not: 'not recording',
  },

  dialog: {
    title: 'Record {camera}',
    titleOurs: '{camera} is recording',
    words: 'The recording ends by itself after this time.',
    wordsOurs: '{left} left. What you choose is added to it.',
    wordsOther: 'A rule or another client records it already. What a colleague began by hand keeps its own end.',
    reading: 'Asking the server how long this camera may record. It can be started at once for as long as usual.',
    readingOurs: 'Asking the server how long this camera may record.',
    length: 'How long',
    lengthMore: 'How much longer',
    minutes: 'one minute | {count} minutes',
    usual: '{length}, as usual',
    preBuffer: 'Kept from {seconds} s before.',
    noPreBuffer: 'Nothing from before is kept.',
    cameraEnds: 'The camera ends a recording by hand after {minutes} by itself.',
    allInView: 'All cameras in view ({count})',
    record: 'Record',
    extend: 'Record longer',
    stop: 'Stop recording',
    cancel: 'Cancel',
  },

  summary: '{count} recording',
  open: 'one command open | {count} commands open',
  forPerson: 'one command needs you | {count} commands need you',
}

/** What was asked for, beside the camera it was asked of. A new kind without words does not compile. */
export const jobKind: Record<JobKind, string> = {
  'evidence-lock': 'Evidence lock',
  'extend-lock': 'Keep evidence lock longer',
  unlock: 'Unlock evidence',
  bookmark: 'Bookmark',
  'edit-bookmark': 'Edit bookmark',
  'delete-bookmark': 'Delete bookmark',
  'start-recording': 'Record',
  'extend-recording': 'Record longer',
  'stop-recording': 'Stop recording',
  event: 'Event',
  output: 'Output',
  ptz: 'Move the camera',
}

/** Where a command stands. */
export const jobPhase = {
  accepted: 'accepted, not sent yet',
  keptBack: 'not sent: {what}',
  sending: 'being sent',
  done: 'done',
  refused: 'refused: {what}',
  unknown: 'not known, being checked',
  needsPerson: 'needs a person',
  expired: 'expired: it could not be sent in time, and was not',
  dropped: 'given up by {user}',
}

/** Why a person has to decide, and what may be done. */
export const needsPerson: Record<NeedsPerson, string> = {
  'not-confirmed': 'It was sent, and nobody can say whether it was done.',
  'too-late': 'It was sent, nobody can say whether it was done, and by now it would come too late.',
  'not-done': 'It was not done, and is not sent again without you.',
  'other-user': 'Another user is signed in now than the one who asked for it. Sent again, it is sent as theirs.',
  'cannot-do': 'This version of Watchpost no longer does this.',
}
