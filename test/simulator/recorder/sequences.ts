import { sevenDigits } from '../config/dates.ts'
import type { Archive } from '../recording/archive.ts'
import type { Sequence } from '../recording/schedule.ts'
import type { SiteCamera } from '../site/site.ts'
import type { XmlContent } from '../soap/write-xml.ts'
import { WrongArgument, type Arguments } from './arguments.ts'

/** Kinds of sequences, in the order a real recorder lists them. [V REAL] */
const sequenceTypes = [
  { id: '0601d294-b7e5-4d93-9614-9658561ad5e4', name: 'RecordingWithTriggerSequence' },
  { id: 'f9c62604-d0c5-4050-ae25-72de51639b14', name: 'RecordingSequence' },
  { id: '53cb5e33-2183-44bd-9491-8364d2457480', name: 'MotionSequence' },
] as const
type SequenceTypeName = (typeof sequenceTypes)[number]['name']

/** `maxCount` is an int that must be there [V REAL]; that it must be above 0 is [?]. */
const MOST = 2 ** 31 - 1

/** The same for every device. [V REAL] */
export const sequencesGetTypes = (): XmlContent => ({
  SequenceType: sequenceTypes.map(({ id, name }) => ({ Id: id, Name: name })),
})

/** Sequences that reach into the range, whole and oldest first [?]; an empty element where there are none [V REAL]. */
export function sequencesGet(archive: Archive, camera: SiteCamera, args: Arguments): XmlContent {
  const wanted = args.guid('sequenceType')
  const type = sequenceTypes.find(({ id }) => id === wanted)
  const [minMs, maxMs] = [args.timeMs('minTime'), args.timeMs('maxTime')]
  const maxCount = args.whole(['maxCount'], 1, MOST)
  if (maxMs < minMs) throw new WrongArgument('maxTime is before minTime')
  if (!type) throw new WrongArgument(`${wanted} is no type of sequence`)
  const found = archive
    .whole(minMs, maxMs, (fromMs, toMs) => ofType[type.name](archive, camera, fromMs, toMs))
    .slice(0, maxCount)
  return found.length === 0 ? '' : { SequenceEntry: found.map(entryOf) }
}

/** What sets a recording off is known where it begins before that: on motion and by hand, with a pre-buffer. [?] */
const ofType: Record<SequenceTypeName, (archive: Archive, ...of: [SiteCamera, number, number]) => Sequence[]> = {
  RecordingWithTriggerSequence: (archive, ...of) =>
    archive.recorded(...of).filter(({ beginMs, triggeredMs }) => triggeredMs > beginMs),
  RecordingSequence: (archive, ...of) => archive.recorded(...of),
  MotionSequence: (archive, ...of) => archive.motion(...of),
}

/** The second name is misspelt on a real server too. [V REAL] */
const entryOf = ({ beginMs, triggeredMs, endMs }: Sequence): XmlContent => ({
  TimeBegin: sevenDigits(beginMs),
  TimeTrigged: sevenDigits(triggeredMs),
  TimeEnd: sevenDigits(endMs),
})
