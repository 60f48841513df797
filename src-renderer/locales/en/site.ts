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

  expiresToday: '{address}: certificate ends within a day',
  expiresIn: '{address}: certificate ends in {count} day | {address}: certificate ends in {count} days',
  expiresTodayOn: 'The certificate of {address} ends within a day, on {day}.',
  expiresInOn:
    'The certificate of {address} ends in {count} day, on {day}. | The certificate of {address} ends in {count} days, on {day}.',
  expiresNext: 'Ask your administrator to renew it before then; after that nobody can sign in.',
}
