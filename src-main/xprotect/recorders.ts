import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { RecorderWire } from './wire/recorder.ts'
import { ListAnswer } from './wire/tolerant.ts'

/** As many as a profile may name. */
const MOST = 64
const PATIENCE_MS = 20_000

/**
 * Where the site's recorders are, as its management server says, each address once. One that is switched off is left
 * out, and so is an entry that makes no sense or gives no address with TLS: it costs itself.
 */
export async function recordersOf({ http, log }: { http: Http; log: Log }, signal: AbortSignal): Promise<string[]> {
  const path = `recordingServers?page=0&size=${MOST}`
  const items = await http.get(path, ListAnswer, { signal, timeoutMs: PATIENCE_MS })
  const wires = items.slice(0, MOST).map((item) => RecorderWire.safeParse(item).data)
  const useful = wires.flatMap((wire) => (wire?.origins[0] ? [{ ...wire, origin: wire.origins[0] }] : []))
  if (useful.length < items.length)
    log.info(`${items.length - useful.length} recorders give no address that can be used`)
  return [...new Set(useful.filter(({ enabled }) => enabled).map(({ origin }) => origin))]
}
