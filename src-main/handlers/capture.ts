import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { CaptureDesk } from '../sites/capture-desk.ts'

/** What a server says, written down to be sent. The folder is pointed at in the operating system's dialog. */
export const captureHandlers = (
  desk: CaptureDesk,
): Pick<Handlers, 'listCaptureProbes' | 'captureFacts' | 'callOffCapture'> => ({
  listCaptureProbes: async () => desk.probes,
  captureFacts: ({ siteId, probes }) => desk.capture(siteId, probes),
  callOffCapture: async ({ siteId }) => desk.callOff(siteId),
})
