import type { CameraAction } from '../../../src-preload/contract/may-do.ts'
import type { Unknown } from '../../../src-preload/contract/models/capabilities.ts'
import type { SiteOrigin } from '../../../src-preload/contract/models/site.ts'

/** A site in words: its state in a few of them, and what an open one consists of and allows. */
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

  version: 'Version',
  edition: 'Edition',
  notKnown: 'not known: {why}',
  unknown: {
    'not-asked': 'it has not been asked yet',
    forbidden: 'your user may not read it',
    'not-there': 'this server does not tell',
    'no-answer': 'no answer came',
    'not-understood': 'the answer made no sense',
    'nothing-to-ask': 'there was nothing to ask it of',
  } satisfies Record<Unknown, string>,
  federation: 'Federation',
  below: 'below {address}',

  servers: 'Servers',
  inUse: '{role}, in use',
  roles: { gateway: 'gateway', idp: 'management server', recorder: 'recording server' } satisfies Record<
    SiteOrigin['role'],
    string
  >,
  trust: {
    none: 'not compared yet',
    pin: 'its own certificate',
    ca: 'a private authority',
    system: 'this computer’s authorities',
  } satisfies Record<SiteOrigin['trust'], string>,
  compare: 'Compare…',
  compareNamed: 'Compare the certificate of {address}',
  compareTitle: 'Compare the certificate of {address}',
  comparesRecorder:
    'The management server named this recording server. That is no reason to trust it: nothing is sent there before you have compared its certificate.',
  comparesOther: 'Nothing is sent there before you have compared its certificate.',
  compareClose: 'Not now',
  compareManaged:
    'This profile is managed: your administrator must add the certificates not compared yet to it. Until then nothing is sent to those servers.',
  originBlocked: 'blocked: another certificate',

  mayDo: 'What you may do here',
  actions: {
    playback: 'Playback',
    export: 'Export',
    ptz: 'Move cameras',
    record: 'Record by hand',
    bookmark: 'Bookmark',
    'evidence-lock': 'Evidence lock',
  } satisfies Record<CameraAction, string>,
  may: {
    yes: 'yes',
    some: 'on some cameras',
    unknown: 'not known, the server decides',
  },

  children: 'Sites below this one',
  childAddress: 'Address of {site}',
  noChildAddress: 'no address given',
  childHere: 'already a site here',
  addChild: 'Add as a site',
  addChildNamed: 'Add as a site: {site}',
}
