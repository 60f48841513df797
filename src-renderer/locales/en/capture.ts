import type { CaptureProbe } from '../../../src-preload/contract/models/capture.ts'

/** Words of the dialog that writes down what a server says. */
export const capture = {
  open: 'Capture server facts…',
  needsSignIn: 'Sign in to a site first.',
  title: 'Capture server facts of {site}',
  titleNowhere: 'Capture server facts',
  nowhere:
    'Nobody is signed in at any site. Sign in first: the server is asked as the user who is signed in, and tells what that user may know.',
  site: 'Site',
  what: 'Watchpost asks the server what it can do and how it answers, and writes that into files in a new folder, for an administrator to read and to send. Names, addresses, tokens and ids are replaced before anything is written.',
  readsOnly: 'As it stands it only reads. Tick what it may do beyond that:',
  probes: {
    'bookmark-search': 'Search for bookmarks',
    'evidence-lock-search': 'Search for evidence locks',
    bookmark: 'Make a bookmark and delete it',
    'video-session': 'Open a live video session',
    'session-refusals': 'Ask for a session that must be refused',
  } satisfies Record<CaptureProbe, string>,
  does: {
    'bookmark-search': 'Sends an empty search. Nothing is stored.',
    'evidence-lock-search': 'Sends an empty search. Nothing is stored.',
    bookmark: 'On one camera: makes it, changes it, deletes it. Rules that wait for bookmarks may fire.',
    'video-session': 'On one camera, and ends it. A server that cannot end it lets it run out.',
    'session-refusals': 'Names a camera that does not exist.',
  } satisfies Record<CaptureProbe, string>,
  start: 'Choose a folder and capture',
  cancel: 'Cancel',
  close: 'Close',
  running:
    'Once you have chosen a folder the server is asked, for a few minutes at most. You may close this meanwhile: the files are written all the same.',
  callOff: 'Call off',
  callingOff: 'Calling off. What was begun at the server is taken back first; no file is left.',
  calledOff: 'Called off. No file is left.',
  done: '{count} file is written. | {count} files are written.',
  doneNext: 'They are in {folder}. Read index.md first, and send the folder only after you have looked through it.',
  notWritten: 'The folder could not be written to: {file} {problem}.',
  chooseAnother: 'Capture again and choose another folder.',
}
