import { isDeepStrictEqual } from 'node:util'
import { play } from './attack.ts'
import { attacks, pinnedClient } from './attacks.ts'

/**
 * The attack table without a test runner, for a bundle run by Electron as Node: BoringSSL is not OpenSSL.
 *
 * Prints a JSON line per attack; the exit code is the number of attacks that did not end as they must.
 */
const isBoringSsl = 'electron' in process.versions
let failed = 0
for (const attack of attacks) {
  if (attack.needsOpenSsl && isBoringSsl) {
    console.log(JSON.stringify({ id: attack.id, ran: false, why: 'BoringSSL cannot be this server' }))
    continue
  }
  const outcome: unknown = await play(attack, pinnedClient).catch((error: unknown) => String(error))
  const ok = isDeepStrictEqual(outcome, attack.expected)
  if (!ok) failed += 1
  console.log(JSON.stringify({ id: attack.id, ok, ...(!ok && { expected: attack.expected, outcome }) }))
}
process.exitCode = failed
