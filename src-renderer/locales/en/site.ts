/** One site's state in a few words: site list, status line, camera tree. */
export const site = {
  open: 'signed in',
  down: 'no answer since {since}',
  signingIn: 'signing in',
  signedOut: 'signed out',
  sessionEnded: 'session ended, sign in again',
  signedOutProblem: 'sign-in failed',
  unpinned: 'certificate to be compared',
  blocked: 'identity changed, nothing sent',
  blockedUnusable: 'certificate cannot be used',
}
