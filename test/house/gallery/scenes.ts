import { defaultPreferences } from '../../../src-preload/contract/default-preferences.ts'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Site, SiteState } from '../../../src-preload/contract/models/site.ts'
import { FakeBridge, pending } from '../../unit/support/fake-bridge.ts'
import { auditScenes } from './audit-scenes.ts'
import { liveScenes } from './live-scenes.ts'
import { markingScenes } from './marking-scenes.ts'
import { playbackScenes } from './playback-scenes.ts'
import { profileScenes } from './profile-scenes.ts'
import { takeAwayScenes } from './take-away-scenes.ts'
import {
  capabilitiesOf,
  certificateOf,
  FINGERPRINT,
  OTHER_FINGERPRINT,
  reportOf,
  siteId,
  siteOf,
} from '../../unit/support/sites.ts'

const depot = siteOf({
  id: siteId(2),
  name: 'Depot South',
  address: 'depot-vms.example:443',
  user: '',
  managed: true,
})
const harbour = siteOf({
  id: siteId(3),
  name: 'Harbour terminal with a long name, gates 12–28',
  address: '[2001:db8:20::14]:8443',
  state: { phase: 'unpinned' },
})
const changed: Failure = { kind: 'untrusted-certificate', fingerprint: OTHER_FINGERPRINT, expected: [FINGERPRINT] }
const offered = certificateOf({
  fingerprint: OTHER_FINGERPRINT,
  subject: 'depot-vms.local',
  names: ['depot-vms.local'],
  validFrom: '2026-11-23T00:00:00.000Z',
  validTo: '2027-11-23T00:00:00.000Z',
  nameMatches: false,
})
const trusted = certificateOf({
  subject: 'depot-vms.local',
  names: ['depot-vms.local'],
  validFrom: '2025-12-14T00:00:00.000Z',
  validTo: '2026-12-14T00:00:00.000Z',
  nameMatches: false,
})
const depotReport = reportOf({ address: 'depot-vms.example:443', offered, trusted, pinned: [FINGERPRINT] })
const depotBlocked: Site = {
  ...depot,
  managed: false,
  origins: [{ address: depot.address, role: 'gateway', trust: 'pin', blocked: true }],
  state: { phase: 'blocked', because: changed, report: depotReport },
}

const recorderReport = reportOf({
  address: 'hq-recorder-05.example:7563',
  offered: certificateOf({ fingerprint: OTHER_FINGERPRINT, subject: 'hq-recorder-05', nameMatches: false }),
})

const open: SiteState = { phase: 'open', user: 'operator', link: { is: 'up' } }
const hqOpen = siteOf({ state: open, cameras: { phase: 'ready', total: 74, skipped: 0 }, clockOffsetMs: 200 })

/** The same once it has told of itself, with sites below it. */
const hqTold: Site = {
  ...hqOpen,
  origins: [
    { address: 'hq-vms.example:443', role: 'gateway', trust: 'pin', blocked: true },
    { address: 'hq-vms-spare.example:8443', role: 'gateway', trust: 'pin', blocked: false },
    { address: 'hq-management.example:443', role: 'idp', trust: 'system', blocked: false },
    { address: 'hq-recorder-04.example:7563', role: 'recorder', trust: 'ca', blocked: false },
    { address: recorderReport.address, role: 'recorder', trust: 'none', blocked: false },
  ],
  gateway: 'hq-vms-spare.example:8443',
  capabilities: capabilitiesOf({
    version: { is: 'known', value: '25.1.1804.0' },
    edition: { is: 'known', value: { level: 'professional+', name: 'XProtect Professional+' } },
    rights: {
      is: 'known',
      value: {
        isAdministrator: false,
        toldApart: ['playback', 'export', 'ptz'],
        usual: ['playback', 'ptz'],
        unusual: [{ rights: ['playback'], cameraIds: ['00000000-0000-4000-8000-0000000000c1' as CameraId] }],
      },
    },
  }),
  children: [
    { id: siteId(21), name: 'Airport', address: '' },
    { id: siteId(22), name: 'Tunnel', address: 'http://tunnel-vms.example/' },
    { id: siteId(2), name: 'Depot South', address: '' },
  ],
  masterAddress: 'https://region.example',
}

function withSites(...sites: Site[]): FakeBridge {
  return new FakeBridge({
    listSites: async () => sites,
    readPreferences: async () => defaultPreferences,
    listCameras: async () => ({ cameras: [], total: 0 }),
    listCameraGroups: async () => [],
    listRecordings: async ({ siteId }) => ({ siteId, isKnown: true, cameras: [] }),
    listJobs: async () => [],
    listBrokenExports: async () => [],
    listLockProgress: async () => [],
    savePreferences: async () => {},
    report: async () => {},
  })
}

const withProblem = (problem: Failure) => withSites(siteOf({ state: { phase: 'signed-out', problem } }), depot, harbour)

const unpinned = () => {
  const bridge = withSites({ ...harbour, user: 'operator' }, depot)
  bridge.answer('probeSite', async () =>
    reportOf({ address: harbour.address, offered: certificateOf({ nameMatches: false }) }),
  )
  return bridge
}

/** Every state the frame and the Sites screen can be in, by name. */
export const scenes: Record<string, () => FakeBridge> = {
  ...auditScenes,
  ...liveScenes,
  ...markingScenes,
  ...takeAwayScenes,
  ...playbackScenes,
  ...profileScenes(() => withSites(siteOf(), depot, harbour)),
  empty: () => withSites(),
  loading: () => {
    const bridge = withSites()
    bridge.answer('listSites', () => pending<Site[]>().promise)
    return bridge
  },
  'list-failed': () => {
    const bridge = withSites()
    bridge.answer('listSites', async () => {
      throw new AppError({ kind: 'bad-file', file: 'sites/hq.json', problem: 'line 14 is not JSON' })
    })
    return bridge
  },
  form: () => withSites(siteOf(), depot, harbour),
  'form-no-user': () => withSites(depot, siteOf(), harbour),
  'form-may-not-stay': () => withSites(siteOf({ staySignedIn: { may: false, why: 'no-keyring' } }), depot, harbour),
  'signing-in': () => withSites(siteOf({ state: { phase: 'signing-in', user: 'operator' } }), depot, harbour),
  'wrong-password': () => withProblem({ kind: 'wrong-password' }),
  'locked-out': () => withProblem({ kind: 'locked-out' }),
  'must-change-password': () => withProblem({ kind: 'must-change-password' }),
  'windows-sign-in-unsupported': () => withProblem({ kind: 'windows-sign-in-unsupported', why: 'wants-ntlm' }),
  unreachable: () => withProblem({ kind: 'unreachable', what: 'server', how: 'timeout' }),
  'not-tls': () => withProblem({ kind: 'not-tls' }),
  'bad-answer': () => withProblem({ kind: 'bad-answer', call: 'POST /idp/connect/token', what: 'html' }),
  refused: () =>
    withProblem({ kind: 'refused', call: 'POST /idp/connect/token', status: 403, text: 'Client <b>not</b> licensed' }),
  bug: () => withProblem({ kind: 'bug', message: 'Cannot read properties of undefined (reading ‘token’)' }),
  unpinned,
  'unpinned-looking': () => {
    const bridge = unpinned()
    bridge.answer('probeSite', () => pending<never>().promise)
    return bridge
  },
  'unpinned-unreachable': () => {
    const bridge = unpinned()
    bridge.answer('probeSite', async () => {
      throw new AppError({ kind: 'unreachable', what: 'server', how: 'refused' })
    })
    return bridge
  },
  'unpinned-expired': () => {
    const bridge = unpinned()
    const old = certificateOf({ validFrom: '2024-01-14T00:00:00.000Z', validTo: '2025-01-14T00:00:00.000Z' })
    bridge.answer('probeSite', async () => reportOf({ address: harbour.address, offered: old }))
    return bridge
  },
  blocked: () => withSites(depotBlocked, siteOf(), harbour),
  'blocked-unseen': () =>
    withSites({
      ...depotBlocked,
      state: { phase: 'blocked', because: changed, report: reportOf({ offered, pinned: [FINGERPRINT] }) },
    }),
  'blocked-managed': () => withSites({ ...depotBlocked, managed: true }, siteOf(), harbour),
  expiring: () =>
    withSites(
      siteOf({
        expiring: [
          { address: 'hq-vms.example:443', validTo: '2026-12-14T00:00:00.000Z', daysLeft: 6 },
          { address: 'hq-recorder-04.example:7563', validTo: '2026-12-24T00:00:00.000Z', daysLeft: 16 },
        ],
      }),
      depot,
    ),
  capture: () => {
    const bridge = withSites(hqOpen, depot)
    bridge.answer('listCaptureProbes', async () => [
      'bookmark-search',
      'evidence-lock-search',
      'bookmark',
      'video-session',
      'session-refusals',
    ])
    bridge.answer('captureFacts', async () => ({
      folder: '/home/operator/Documents/watchpost-capture-20261126T130455Z',
      files: 23,
    }))
    return bridge
  },
  'capture-failed': () => {
    const bridge = scenes.capture!()
    const problem = 'was not written: the disk is full'
    bridge.answer('captureFacts', async () => {
      throw new AppError({
        kind: 'bad-file',
        file: '/media/operator/STICK/watchpost-capture-20261126T130455Z',
        problem,
      })
    })
    return bridge
  },
  'capture-running': () => {
    const bridge = scenes.capture!()
    const answer = pending<null>()
    bridge.answer('captureFacts', () => answer.promise)
    bridge.answer('callOffCapture', async () => answer.resolve(null))
    return bridge
  },
  'expiring-open': () =>
    withSites({
      ...hqOpen,
      expiring: [{ address: 'hq-vms.example:443', validTo: '2026-12-09T00:00:00.000Z', daysLeft: 0 }],
    }),
  'blocked-expired': () =>
    withSites(
      { ...depot, state: { phase: 'blocked', because: { kind: 'unusable-certificate', why: 'expired' } } },
      siteOf(),
    ),
  notice: () => {
    const bridge = withSites(hqOpen, depotBlocked, harbour)
    bridge.answer('readPreferences', async () => {
      throw new AppError({ kind: 'bad-file', file: 'preferences.json', problem: 'the disk does not answer' })
    })
    bridge.answer('listCameras', async () => {
      throw new AppError({ kind: 'busy', status: 503 })
    })
    return bridge
  },
  open: () => {
    const bridge = withSites(hqTold, depotBlocked, harbour)
    bridge.answer('probeSite', async () => recorderReport)
    return bridge
  },
  'open-managed': () => withSites({ ...hqTold, managed: true }, depotBlocked, harbour),
  'open-down': () =>
    withSites(
      {
        ...hqOpen,
        clockOffsetMs: -4_310,
        state: {
          phase: 'open',
          user: 'operator',
          link: {
            is: 'down',
            because: { kind: 'unreachable', what: 'server', how: 'no-route' },
            since: '2026-11-23T14:02:10.000Z',
          },
        },
      },
      depotBlocked,
      siteOf({ id: siteId(4), name: 'Tower', state: { phase: 'signed-out', problem: { kind: 'signed-out' } } }),
    ),
}
