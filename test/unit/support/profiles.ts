import type { ImportPreview, ProfileDraft, ProfileShown } from '../../../src-preload/contract/models/profile.ts'
import type { OriginTest } from '../../../src-preload/contract/models/site.ts'
import { FINGERPRINT, OTHER_FINGERPRINT, siteId } from './sites.ts'

/** A profile with an address of every kind of trust, its draft changed where the test says so. */
export function profileOf(changes: Partial<ProfileDraft> = {}): ProfileShown {
  return {
    draft: {
      name: 'HQ Campus',
      gateway: ['https://hq-vms.example', 'https://hq-vms-spare.example:8443'],
      idp: 'https://hq-management.example',
      recorders: ['https://hq-recorder-04.example:7563'],
      trustModes: {},
      user: 'operator',
      view: { rows: 3, columns: 3, cameras: 'first' },
      tray: [],
      startAtLogOn: false,
      singleShotPath: null,
      recordingWays: { events: [], outputs: [] },
      signIn: { kind: 'basic', client: 'VmsClient' },
      recording: { method: 'auto', defaultSeconds: 900, minSeconds: 90, maxSeconds: 7200, bookmarkAtEnd: 'offer' },
      policy: { operatorsMayAddSites: true, staySignedIn: 'allowed' },
      ...changes,
    },
    managed: false,
    fileName: 'hq-campus.watchpost.json',
    origins: [
      {
        origin: 'https://hq-vms.example',
        roles: ['gateway'],
        mode: 'pin',
        pins: [FINGERPRINT],
        next: [OTHER_FINGERPRINT],
      },
      { origin: 'https://hq-vms-spare.example:8443', roles: ['gateway'], mode: 'none', pins: [], next: [] },
      { origin: 'https://hq-management.example', roles: ['idp'], mode: 'system', pins: [], next: [] },
      { origin: 'https://hq-recorder-04.example:7563', roles: ['recorder'], mode: 'ca', pins: [], next: [] },
    ],
  }
}

/** A file that changes one pin and two settings of the first site. */
export function importOf(changes: Partial<ImportPreview> = {}): ImportPreview {
  return {
    importId: '22222222-2222-4222-8222-222222222222',
    name: 'HQ Campus',
    fileName: 'hq.env',
    replaces: siteId(1),
    changes: [
      {
        field: 'gateway',
        before: 'https://hq-vms.example',
        after: 'https://hq-vms.example\nhttps://hq-2.example',
        isPin: false,
      },
      { field: 'trust.https://hq-vms.example.pins', before: FINGERPRINT, after: OTHER_FINGERPRINT, isPin: true },
      { field: 'recording.maxSeconds', before: '', after: '1800', isPin: false },
    ],
    foundPassword: true,
    warnings: ['Depot South is at hq-vms.example:443 as well'],
    ...changes,
  }
}

/** One address that answers, and one whose certificate is not the agreed one. */
export function testsOf(): OriginTest[] {
  return [
    {
      address: 'hq-vms.example:443',
      role: 'gateway',
      steps: (['name', 'connect', 'tls', 'certificate', 'service'] as const).map((step, at) => ({
        step,
        ok: true,
        durationMs: 3 + at * 4,
      })),
    },
    {
      address: 'hq-recorder-04.example:7563',
      role: 'recorder',
      steps: [
        { step: 'name', ok: true, durationMs: 2 },
        {
          step: 'connect',
          ok: false,
          failure: { kind: 'unreachable', what: 'server', how: 'timeout' },
          durationMs: 10_000,
        },
      ],
    },
  ]
}
