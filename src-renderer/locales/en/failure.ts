import type {
  BadAnswer,
  CertificateProblem,
  Failure,
  Unreachable,
  WindowsSignIn,
} from '../../../src-preload/contract/failure.ts'

/** What happened, and what the person in front of the screen can do about it. */
export interface Sentence {
  what: string
  next: string
}

/** A new kind of failure without words does not compile. */
export const failure: Record<Failure['kind'], Sentence> = {
  'signed-out': { what: 'The session at this site has ended.', next: 'Sign in again.' },
  'wrong-password': {
    what: 'The user name or the password is wrong.',
    next: 'Check both and try again. Watchpost asked the server once only; too many wrong tries lock the account.',
  },
  'locked-out': {
    what: 'The server has locked this account after too many wrong tries.',
    next: 'Wait until the lock ends, or ask your administrator to unlock the account.',
  },
  'must-change-password': {
    what: 'The server wants the password of this user changed first.',
    next: 'Ask your administrator for a new password, then sign in here.',
  },
  'windows-sign-in-unsupported': {
    what: 'Watchpost cannot sign this Windows user in at this server.',
    next: 'Ask your administrator for a basic user of XProtect.',
  },
  forbidden: {
    what: 'This user does not have the permission for that.',
    next: 'Ask your administrator to grant it in the user’s role on the server.',
  },
  'not-licensed': {
    what: 'The edition of this server does not have that.',
    next: 'XProtect Corporate has it. Ask your administrator.',
  },
  'not-found': {
    what: 'The server does not know this any more: {what}.',
    next: 'It may have been removed. Reload the camera list.',
  },
  unreachable: { what: 'The server does not answer.', next: 'Check the network or the VPN, then try again.' },
  'not-tls': {
    what: 'The server answers without encryption, so neither user name nor password was sent.',
    next: 'The port in the site profile is probably the one for plain HTTP. Ask your administrator for the HTTPS port.',
  },
  'untrusted-certificate': {
    what: 'This server is not the one that was trusted. Nothing has been sent to it.',
    next: 'Ask your administrator whether the certificate of the server was replaced.',
  },
  'unusable-certificate': {
    what: 'The certificate of the server cannot be used.',
    next: 'Ask your administrator to look at it.',
  },
  'not-pinned': {
    what: 'No certificate has been agreed on for this site yet.',
    next: 'Compare the certificate of the server and trust it first.',
  },
  'bad-answer': {
    what: 'The server gave an answer Watchpost does not understand.',
    next: 'Tell your administrator: {call}.',
  },
  refused: {
    what: 'The server said no: {text}',
    next: 'Tell your administrator: {call}, status {status}.',
  },
  busy: { what: 'The server is too busy to answer.', next: 'Wait a moment, then try again.' },
  'unplayable-codec': {
    what: 'The camera sends {codec}, which this computer cannot show.',
    next: 'Ask your administrator for an H.264 stream on this camera.',
  },
  'bad-file': { what: 'The file {file} cannot be used: {problem}.', next: 'Give this message to your administrator.' },
  'bad-field': { what: 'This does not hold: {problem}.', next: 'Correct it ({field}) and save again.' },
  managed: {
    what: 'Your administrator has decided this for the whole computer: {rule}.',
    next: 'Ask your administrator to change it. It is written in {file}.',
  },
  bug: {
    what: 'Something went wrong inside Watchpost.',
    next: 'The rest keeps running. If it comes back, tell your administrator: {message}',
  },
}

export const unreachable: Record<Unreachable | 'idp' | 'sign-in' | 'media', Sentence> = {
  refused: {
    what: 'A computer answers at this address, but the server on it is not running.',
    next: 'It may be starting. Try again in a minute; if it stays so, tell your administrator.',
  },
  timeout: {
    what: 'The server did not answer in time.',
    next: 'Check the network or the VPN of this computer, then try again.',
  },
  reset: {
    what: 'The connection to the server was cut.',
    next: 'Try again. If it is cut each time, tell your administrator: a firewall may be the cause.',
  },
  'no-such-host': {
    what: 'No computer with the name of this server is known on this network.',
    next: 'Check that the network or the VPN is connected, then the address in the site profile.',
  },
  'no-route': {
    what: 'There is no way from this computer to the server.',
    next: 'Check the network cable, the Wi-Fi or the VPN.',
  },
  closed: {
    what: 'The server closed the connection before it answered.',
    next: 'Try again. If it stays so, tell your administrator.',
  },
  silent: {
    what: 'The server went silent in the middle of its answer.',
    next: 'Try again. If it stays so, tell your administrator.',
  },
  idp: {
    what: 'The management server, which signs users in, does not answer.',
    next: 'Pictures that run go on. Try again in a minute; if it stays so, tell your administrator.',
  },
  'sign-in': {
    what: 'The sign-in service of the server does not answer; the server itself does.',
    next: 'Your password was not looked at. Try again in a minute; if it stays so, tell your administrator.',
  },
  media: {
    what: 'No picture arrives from the recording server.',
    next: 'Watchpost keeps trying by itself. If other cameras play, tell your administrator.',
  },
}

export const windowsSignIn: Record<WindowsSignIn, Sentence> = {
  'wants-ntlm': {
    what: 'The server signs Windows users in by NTLM or Kerberos only, which Watchpost does not speak.',
    next: 'Ask your administrator for a basic user of XProtect.',
  },
  refused: {
    what: 'The server did not accept this Windows user and password.',
    next: 'Check both; the user is written DOMAIN\\name. Watchpost asked once only. If both are right, this server takes no password from Windows users: ask your administrator for a basic user of XProtect.',
  },
  'no-idp-origin': {
    what: 'A Windows user signs in at the identity provider, and the site profile names none. Nothing was sent.',
    next: 'Ask your administrator to add the address of the management server to the profile, or for a basic user of XProtect.',
  },
}

export const certificateProblem: Record<CertificateProblem, Sentence> = {
  expired: {
    what: 'The certificate of the server has expired.',
    next: 'Ask your administrator to renew it. If the date of this computer is wrong, correct it.',
  },
  'not-yet-valid': {
    what: 'The certificate of the server is not valid yet.',
    next: 'Check date and time of this computer. If they are right, ask your administrator.',
  },
  'weak-key': {
    what: 'The key in the certificate of the server is too weak to be trusted.',
    next: 'Ask your administrator for a certificate with a stronger key.',
  },
  'old-tls': {
    what: 'The server offers only outdated encryption.',
    next: 'Ask your administrator to enable TLS 1.2 or newer on the server.',
  },
  'wrong-name': {
    what: 'The certificate of the server is made out to another name.',
    next: 'Ask your administrator to compare the names in the certificate with the address in the site profile.',
  },
  'unknown-issuer': {
    what: 'No authority this computer knows has signed the certificate of the server.',
    next: 'Ask your administrator to put its fingerprint into the site profile.',
  },
  'key-usage': {
    what: 'The certificate of the server is not meant for servers.',
    next: 'Ask your administrator for a server certificate.',
  },
  none: {
    what: 'The server showed no certificate.',
    next: 'Check the address in the site profile, or ask your administrator.',
  },
  resumed: {
    what: 'The server did not show its certificate again, so the connection was closed.',
    next: 'Try again. If it stays so, tell your administrator.',
  },
}

export const badAnswer: Record<BadAnswer, Sentence> = {
  html: {
    what: 'The server answered with a web page instead of data.',
    next: 'Something else may stand at this address, a proxy for instance. Tell your administrator: {call}.',
  },
  'not-json': {
    what: 'The answer of the server arrived damaged or incomplete.',
    next: 'Try again. If it stays so, tell your administrator: {call}.',
  },
  shape: {
    what: 'The server gave an answer Watchpost does not understand.',
    next: 'Tell your administrator: {call}. The server may be of a version that is not supported.',
  },
  'too-large': {
    what: 'The answer of the server was too large and was dropped.',
    next: 'Tell your administrator: {call}.',
  },
  redirect: {
    what: 'The server sent Watchpost on to another address, which it does not follow.',
    next: 'Ask your administrator for the right address of the server. Asked was {call}.',
  },
  encoding: {
    what: 'The text in the answer of the server cannot be read.',
    next: 'Tell your administrator: {call}.',
  },
}

/** For failures whose sentence depends on what came with them. */
export const failureDetail = {
  refusedSilently: 'The server said no and gave no reason.',
  /** For what is said of a file, or of a field, as a verb and what follows. */
  fileNot: 'The file {file} {problem}.',
  fileIt: 'The file {file} cannot be used: it {problem}.',
  fieldIt: 'This does not hold: it {problem}.',
  busyFor: 'The server asks to wait {seconds} s. Then try again.',
}
