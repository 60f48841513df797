import type { ClockOffset } from './clock-offset.ts'
import type { Link } from './link.ts'
import { refusalOf } from './refusal.ts'
import type { Transport } from './transport.ts'

const PROVIDER = /^\/api\/idp\//i
/** What the gateway passes on to the event server (xprotect-api.md 8). */
const EVENT_SERVER = /^\/api\/rest\/v1\/(events|alarms|alarmstates|alarmpriorities)\b/i

/** The same transport, with every real outcome told to the link and every `Date` to the clock's estimate. */
export function watched(transport: Transport, link: Link, offset: ClockOffset): Transport {
  return {
    async request(exchange) {
      const measured = offset.measure()
      try {
        const isPassedOn = EVENT_SERVER.test(exchange.path)
        const answer = await transport.request({ ...exchange, ...(isPassedOn && { isPassedOn }) })
        measured(answer.headers.date)
        const refusal = refusalOf(answer, exchange.path)
        // IIS answering for a gateway that is not there is no link (xprotect-api.md 1.1); a 429 is.
        const isAway = refusal?.kind === 'busy' && refusal.status !== 429
        // Either may be away while the gateway is not, and the token still serves.
        if (isAway && (isPassedOn || PROVIDER.test(exchange.path))) return answer
        if (isAway) link.down(refusal)
        else link.up()
        return answer
      } catch (error) {
        if (!exchange.signal?.aborted) link.failed(error)
        throw error
      }
    },
    openSocket: (wish) => transport.openSocket(wish),
  }
}
