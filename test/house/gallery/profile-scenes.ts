import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { FakeBridge } from '../../unit/support/fake-bridge.ts'
import { pending } from '../../unit/support/fake-bridge.ts'
import { importOf, profileOf, testsOf } from '../../unit/support/profiles.ts'
import { siteId, siteOf } from '../../unit/support/sites.ts'

const camera = '00000000-0000-4000-8000-000000000009' as CameraId

/** Site profiles as they are edited, imported and tested, on the sites of another scene. */
export function profileScenes(withSites: () => FakeBridge): Record<string, () => FakeBridge> {
  const scene = (prepare: (bridge: FakeBridge) => void) => () => {
    const bridge = withSites()
    prepare(bridge)
    return bridge
  }
  return {
    profile: scene((bridge) => {
      bridge.answer('readProfile', async () => profileOf())
      bridge.answer('saveProfile', async () => {
        throw new AppError({
          kind: 'bad-field',
          field: 'gateway.1',
          problem: 'must be https://host or https://host:port',
        })
      })
      bridge.answer('removeProfile', async () => {
        bridge.announce('siteListChanged', [siteOf({ id: siteId(2), name: 'Depot South', managed: true })])
        return {
          keptAs: 'hq-campus.watchpost.json.removed-2026-11-26',
          removalId: '33333333-3333-4333-8333-333333333333',
        }
      })
    }),
    'profile-ways': scene((bridge) =>
      bridge.answer('readProfile', async () =>
        profileOf({
          tray: [camera],
          startAtLogOn: true,
          recordingWays: {
            events: [
              { cameras: [camera], start: 'Start recording: Dock', stop: 'Stop recording: Dock', form: 'customer' },
              { cameras: [], start: 'Start recording', stop: 'Stop recording', form: 'type' },
            ],
            outputs: [{ cameras: [], start: '00000000-0000-4000-8000-000000000077', stop: '' }],
          },
        }),
      ),
    ),
    'profile-bad-path': scene((bridge) => {
      bridge.answer('readProfile', async () => profileOf())
      bridge.answer('saveProfile', async () => {
        throw new AppError({
          kind: 'bad-field',
          field: 'singleShotPath',
          problem: 'must be a path on the gateway, as in /api/rest/v1/name',
        })
      })
    }),
    'profile-forbidden': scene((bridge) =>
      bridge.answer('listSites', async () => [
        siteOf(),
        siteOf({ id: siteId(2), name: 'Depot South', managed: true, forbidsAdding: true }),
      ]),
    ),
    'profile-managed': scene((bridge) =>
      bridge.answer('readProfile', async () => ({
        ...profileOf({ view: { rows: 2, columns: 2, cameras: [camera] } }),
        managed: true,
      })),
    ),
    'profile-import': scene((bridge) => bridge.answer('chooseImport', async () => importOf())),
    'profile-import-failed': scene((bridge) =>
      bridge.answer('chooseImport', async () => {
        throw new AppError({
          kind: 'bad-file',
          file: 'depot.watchpost.json',
          problem: 'holds a secret; profiles must not',
        })
      }),
    ),
    'profile-test': scene((bridge) => bridge.answer('testSite', async () => testsOf())),
    'profile-testing': scene((bridge) => bridge.answer('testSite', () => pending<never>().promise)),
  }
}
