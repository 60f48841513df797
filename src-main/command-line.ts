import { failureOf, type Failure } from '../src-preload/contract/failure.ts'
import { verifyAuditFile, type AuditPlaces } from './journal/verify-audit.ts'
import { checkProfiles } from './storage/check-profile.ts'
import { describeProbe } from './trust/describe-probe.ts'
import { TrustError } from './trust/trust-error.ts'

/** What is printed, and how the program ends: 0 all is well, 1 something is wrong, 2 the command was not understood. */
export interface Said {
  text: string
  code: 0 | 1 | 2
}

const usage = `Usage:
  npm run -s profile -- check FILE…    reads site profiles as Watchpost would and says what is wrong with them
  npm run -s profile -- probe ORIGIN   shows the certificate of a server, as in https://host:port; sends it nothing

The installed program checks as well: watchpost --check-profile FILE
It also says whether an audit trail, or an export of one, is as this computer wrote it: watchpost --verify-audit FILE
`

/** Commands for administrators without a screen. Never throws. */
export async function runCommand([command, ...rest]: string[]): Promise<Said> {
  const [first] = rest
  if (command === 'check' && first !== undefined) return check(rest)
  if (command === 'probe' && first !== undefined && rest.length === 1) return probe(first)
  return { text: usage, code: 2 }
}

/** Verifies audit trails and exports of them with the key of this computer. Never throws. */
export async function verifyAudits(files: string[], places: AuditPlaces): Promise<Said> {
  if (files.length === 0) return { text: usage, code: 2 }
  const verified = await Promise.all(files.map((file) => verifyAuditFile(file, places)))
  const lines = verified.flatMap((one) => one.lines)
  return { text: `${lines.join('\n')}\n`, code: verified.every(({ isGood }) => isGood) ? 0 : 1 }
}

async function check(files: string[]): Promise<Said> {
  const { lines, isGood } = await checkProfiles(files, Date.now())
  return { text: `${lines.join('\n')}\n`, code: isGood ? 0 : 1 }
}

async function probe(address: string): Promise<Said> {
  try {
    return { text: `${(await describeProbe(address)).join('\n')}\n`, code: 0 }
  } catch (error) {
    // The address is not repeated: somebody may have typed a password into it.
    if (error instanceof TrustError && error.code === 'XP_ORIGIN')
      return { text: 'The address must be https://host or https://host:port, and nothing after it.\n', code: 2 }
    return { text: `${inWords(failureOf(error))}\n`, code: 1 }
  }
}

function inWords(failure: Failure): string {
  if (failure.kind === 'unreachable') return `The server does not answer: ${unreachable[failure.how ?? 'timeout']}.`
  if (failure.kind === 'not-tls')
    return 'The server answers without encryption: this is probably its port for plain HTTP.'
  if (failure.kind === 'unusable-certificate') return `The certificate of the server cannot be used: ${failure.why}.`
  return `The certificate could not be read: ${failure.kind}.`
}

const unreachable = {
  refused: 'nothing listens at this port',
  timeout: 'no answer within ten seconds',
  reset: 'the connection was cut',
  'no-such-host': 'no computer of this name is known here',
  'no-route': 'there is no way to it from this computer',
  closed: 'the connection was closed',
  silent: 'it went silent',
}
