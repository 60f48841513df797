import { vi } from 'vitest'
import type { Server } from '../../../src-main/xprotect/server.ts'

/** A server whose every word the test decides. */
export type FakeServer = { [K in keyof Server]: ReturnType<typeof vi.fn<Server[K]>> }

/** One that lets everybody in and has nothing to show. */
export function fakeServer(): FakeServer {
  return {
    signIn: vi.fn<Server['signIn']>(async () => undefined),
    resume: vi.fn<Server['resume']>(async () => undefined),
    keepsake: vi.fn<Server['keepsake']>(() => undefined),
    signOut: vi.fn<Server['signOut']>(async () => undefined),
    renew: vi.fn<Server['renew']>(),
    cameras: vi.fn<Server['cameras']>(async function* () {
      yield { cameras: [], skipped: 0 }
    }),
    cameraGroups: vi.fn<Server['cameraGroups']>(async () => []),
    streams: vi.fn<Server['streams']>(async () => []),
    recordingTriggers: vi.fn<Server['recordingTriggers']>(async () => ({ events: [], outputs: [] })),
    facts: vi.fn<Server['facts']>(() => new Promise(() => undefined)),
    recorders: vi.fn<Server['recorders']>(async () => []),
    capture: vi.fn<Server['capture']>(async () => []),
    sequences: vi.fn<Server['sequences']>(),
    pictureBefore: vi.fn<Server['pictureBefore']>(),
    alarms: vi.fn<Server['alarms']>(),
    openSession: vi.fn<Server['openSession']>(),
    actions: vi.fn<Server['actions']>(),
  }
}
