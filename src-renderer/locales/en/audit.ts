import type { AuditAct, CommandOutcome } from '../../../src-preload/contract/audit-acts.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'

/** Words of the audit trail. */
export const audit = {
  list: 'Audit trail',
  filter: 'Which lines',
  text: 'Words',
  textHint: 'In user, address, reference or reason.',
  period: 'Time',
  from: 'From',
  to: 'To',
  what: 'What',
  everything: 'Everything',
  commands: 'All commands',
  signIns: 'Signing in and out',
  takenAway: 'Everything taken away in files',
  outcome: 'Outcome',
  anyOutcome: 'Any',
  outcomeHint: 'Only commands have one of these.',
  who: 'Who',
  whoHint: 'Part of the user’s name.',
  site: 'Site',
  everySite: 'Every site',
  camera: 'Camera',
  cameraId: 'Its id',
  nextCamera: 'Camera {number}',
  nextCameraId: 'Id of camera {number}',
  everyCamera: 'Its name while its site is open, or its id.',
  noCamera: 'No camera of an open site, or more than one, is called that. Choose its site, or type its id.',
  again: 'Read again',

  at: 'When',
  about: 'About',
  reading: 'Reading the audit trail',
  readingMore: 'Reading on',
  found: 'No line | One line | {count} lines',
  foundMore: 'The newest line | The newest {count} lines',
  readAt: '{found} · read at {time}',
  whole: '{found} · read at {time} · the trail is whole',
  more: 'Show more',
  nothing: 'No line is like that',
  nothingHint: 'Choose a longer time, or less on the left. What was done at another computer stands in its own trail.',
  failed: 'The audit trail cannot be read',
  tryAgain: 'Try again',

  broken: 'This audit trail cannot be verified.',
  brokenNext:
    'What can still be read is shown. It may have been changed or cut: tell your administrator, and keep the file as it is.',

  export: 'Export…',
  csv: 'CSV, for a spreadsheet',
  json: 'JSON, for a program',
  cannotExport: 'Correct what is typed on the left first.',
  exporting: 'Choose where the export is to be kept.',
  exported:
    'No line fits; the file {file} holds none. | One line is exported to {file}. | {count} lines are exported to {file}.',
  exportedNext:
    'Its last line seals it: on this computer, watchpost --verify-audit FILE says whether anything in it was changed.',
  exportFailed: 'Nothing was exported.',

  details: 'Line of the audit trail',
  close: 'Close',
  line: 'Line',
  here: 'This computer',
  server: 'Server clock',
  serverUnknown: 'not known',
  serverNone: 'no server is concerned',
  act: 'In the file',
  reference: 'Reference',
  address: 'Server',
  file: 'File',
  reason: 'Reason',
  trustedNow: 'Trusted now',
  trustedBefore: 'Before',
  trustedBy: 'How',
  unknownSite: 'Site that is no longer here',
  duplicate: 'the server may hold it twice',
}

/** What a line tells of. A new act without words does not compile. */
export const auditAct: Record<AuditAct, string> = {
  'program-started': 'Watchpost started',
  'program-ended': 'Watchpost ended',
  'signed-in': 'Signed in',
  'sign-in-refused': 'Sign-in refused',
  'signed-out': 'Signed out',
  'trust-changed': 'Trust of a server changed',
  'command-accepted': 'Command asked for',
  'command-outcome': 'Command: outcome',
  'command-check': 'Command: server asked again',
  'command-send-again': 'Command sent again',
  'command-drop': 'Command given up',
  'audit-exported': 'Audit trail exported',
  'snapshot-saved': 'Picture saved',
  'export-begun': 'Viewing copy begun',
  'export-saved': 'Viewing copy saved',
  'export-cancelled': 'Viewing copy given up',
  'audit-damaged': 'Audit trail found damaged',
}

/** The same of a command whose kind is known. */
export const auditCommand = {
  'command-accepted': '{kind}: asked for',
  'command-outcome': '{kind}: outcome',
  'command-check': '{kind}: server asked again',
  'command-send-again': '{kind}: sent again',
  'command-drop': '{kind}: given up',
}

/** How a command stood then. */
export const auditOutcome: Record<CommandOutcome, string> = {
  queued: 'accepted',
  sending: 'being sent',
  done: 'done',
  rejected: 'refused',
  unknown: 'not known',
  'needs-human': 'needs a person',
  expired: 'expired, not sent',
  dropped: 'given up',
}

/** Why a sign-in was refused, or a session ended. */
export const auditBecause: Record<Failure['kind'], string> = {
  'signed-out': 'the session had ended',
  'wrong-password': 'wrong user name or password',
  'locked-out': 'the account is locked',
  'must-change-password': 'the password must be changed',
  'windows-sign-in-unsupported': 'this Windows user cannot be signed in',
  forbidden: 'this user may not',
  'not-licensed': 'the edition does not have it',
  'not-found': 'not known to the server',
  unreachable: 'the server does not answer',
  'not-tls': 'no encryption',
  'untrusted-certificate': 'not the server that was trusted',
  'unusable-certificate': 'the certificate cannot be used',
  'not-pinned': 'no certificate agreed on',
  'bad-answer': 'an answer that was not understood',
  refused: 'the server said no',
  busy: 'the server is too busy',
  'unplayable-codec': 'a picture that cannot be shown',
  'bad-file': 'a file cannot be used',
  'bad-field': 'something typed does not hold',
  managed: 'an administrator has decided otherwise',
  bug: 'something went wrong inside Watchpost',
}
