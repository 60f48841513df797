import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { RecordingDesk } from '../actions/recording-desk.ts'

/** Recording by hand. */
export const recordingHandlers = (
  desk: RecordingDesk,
): Pick<
  Handlers,
  'startRecording' | 'stopRecording' | 'extendRecording' | 'listRecordings' | 'readRecordingLimits'
> => ({
  startRecording: ({ camera, seconds }) => desk.start(camera, seconds),
  stopRecording: ({ camera }) => desk.stop(camera),
  extendRecording: ({ camera, seconds }) => desk.extend(camera, seconds),
  listRecordings: ({ siteId }) => desk.list(siteId),
  readRecordingLimits: ({ camera }) => desk.limits(camera),
})
