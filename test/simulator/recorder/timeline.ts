import { sevenDigits } from '../config/dates.ts'
import type { Archive } from '../recording/archive.ts'
import type { SiteCamera } from '../site/site.ts'
import type { XmlContent } from '../soap/write-xml.ts'
import type { Arguments } from './arguments.ts'

/** The one type whose id is known. [V PROTO] */
const RECORDED_DATA_AVAILABLE = '78289503-cbf4-43be-9dc3-9f34a8b60e6d'
/** As many intervals as one answer has. [?] */
const MOST_INTERVALS = 1_000_000

/**
 * One bit an interval, 1 where something in it is recorded; the first is the lowest bit of the first byte, as .NET packs
 * bits [?]. Types it does not know are left out, so that the list may be empty, as a customer's was [V REAL]. Samples and
 * service description call the last three arguments differently [3P]; both are taken.
 */
export function timeLineInformationGet(archive: Archive, camera: SiteCamera, args: Arguments): XmlContent {
  const types = args.guids('timeLineInformationTypes')
  const beginMs = args.timeMs('timeLineInformationBeginTime', 'beginTime')
  const intervalMs = args.durationMs('timeLineInformationInterval', 'interval')
  const count = args.whole(['timeLineInformationCount', 'count'], 1, MOST_INTERVALS)
  if (!types.includes(RECORDED_DATA_AVAILABLE)) return ''
  return {
    TimeLineInformationData: {
      DeviceId: camera.id,
      Type: RECORDED_DATA_AVAILABLE,
      BeginTime: sevenDigits(beginMs),
      Interval: { MicroSeconds: String(intervalMs * 1000) },
      Count: String(count),
      Data: bitmap(archive, camera, { beginMs, intervalMs, count }).toString('base64'),
    },
  }
}

interface Raster {
  beginMs: number
  intervalMs: number
  count: number
}

function bitmap(archive: Archive, camera: SiteCamera, { beginMs, intervalMs, count }: Raster): Buffer {
  const bits = Buffer.alloc(Math.ceil(count / 8))
  for (const span of archive.recorded(camera, beginMs, beginMs + intervalMs * count)) {
    const first = Math.floor((span.beginMs - beginMs) / intervalMs)
    const end = Math.min(count, Math.ceil((span.endMs - beginMs) / intervalMs))
    for (let at = first; at < end; at++) bits[at >> 3]! |= 1 << (at & 7)
  }
  return bits
}
