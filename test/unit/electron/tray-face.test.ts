import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { defaultPreferences } from '../../../src-preload/contract/default-preferences.ts'
import type { RecordingNow } from '../../../src-preload/contract/models/recording.ts'
import { faceOf } from '../../../src-main/electron/tray/face.ts'
import { camerasInView, quickCameras, type TrayKnown } from '../../../src-main/electron/tray/known.ts'
import type { TrayEntry } from '../../../src-main/electron/tray/menu.ts'
import { siteId } from '../support/sites.ts'
import { camera, jobOf, knownOf, NOW_MS, openSite, recordingOf, siteRecordings } from './tray-known.ts'

const withRecordings = (...cameras: RecordingNow[]): TrayKnown =>
  knownOf({ recordings: new Map([[siteId(1), siteRecordings(cameras)]]) })
const seen = (known: TrayKnown) => {
  const { picture, tooltip } = faceOf(known, NOW_MS)
  return { picture, tooltip }
}
const labels = (entries: TrayEntry[], before = ''): string[] =>
  entries.flatMap((entry) => {
    if (entry.is === 'line') return []
    return [before + entry.label, ...(entry.is === 'more' ? labels(entry.entries, `${entry.label}/`) : [])]
  })
const down = { is: 'down', because: { kind: 'unreachable', what: 'server' }, since: '' } as const

describe('the face of the tray', () => {
  it('is idle while nothing is recorded', () => {
    expect(seen(knownOf())).toEqual({ picture: 'idle', tooltip: 'Watchpost: nothing is recorded' })
  })

  it('counts what is recorded, and the time to the next end', () => {
    const known = withRecordings(recordingOf(1), recordingOf(2, {}, 600_000))
    expect(seen(known)).toEqual({ picture: 'recording', tooltip: 'Watchpost: REC 2 cameras, 04:12 left' })
  })

  it('does not take a command the server only took for a recording', () => {
    expect(seen(withRecordings(recordingOf(1, { state: 'requested' }))).picture).toBe('idle')
  })

  it('counts what another client records of its own cameras, and of no others', () => {
    const others = { startedBy: 'other', endsAt: null } as const
    const known = withRecordings(recordingOf(1, others), recordingOf(7, others))
    expect(seen(known)).toEqual({ picture: 'recording', tooltip: 'Watchpost: REC 1 camera' })
  })

  it('shows trouble by a shape of its own, also while something records', () => {
    const failing = recordingOf(2, { state: 'not-recording', startedBy: null, endsAt: null, trouble: 'not-confirmed' })
    expect([seen(withRecordings(failing)), seen(withRecordings(recordingOf(1), failing))]).toEqual([
      { picture: 'trouble', tooltip: 'Watchpost: nothing is recorded\nNOT recording: Dock' },
      { picture: 'recording-trouble', tooltip: 'Watchpost: REC 1 camera, 04:12 left\nNOT recording: Dock' },
    ])
  })

  it('says which site fell out of use, and is quiet about one nobody signed in to', () => {
    const away = openSite({ state: { phase: 'open', user: 'operator', link: down } })
    const changed: Failure = { kind: 'untrusted-certificate', fingerprint: '', expected: [] }
    const tooltips = [
      away,
      openSite({ state: { phase: 'blocked', because: changed } }),
      openSite({ state: { phase: 'signed-out' } }),
    ].map((site) => seen(knownOf({ sites: [site] })))
    expect(tooltips).toEqual([
      { picture: 'trouble', tooltip: 'Watchpost: nothing is recorded\nHQ Campus: the server cannot be reached' },
      {
        picture: 'trouble',
        tooltip: 'Watchpost: nothing is recorded\nHQ Campus: the server’s certificate has changed',
      },
      { picture: 'idle', tooltip: 'Watchpost: nothing is recorded' },
    ])
  })

  it('remembers a refused recording for ten minutes, or until another command for the camera', () => {
    const refused = jobOf({ phase: 'refused', because: { kind: 'forbidden' } })
    const later = jobOf({ phase: 'done', said: null })
    const after = (ms: number, ...jobs: ReturnType<typeof jobOf>[]) =>
      faceOf(knownOf({ jobs: new Map(jobs.map((job) => [job.id, job])) }), NOW_MS + ms).picture
    expect([after(0, refused), after(600_000, refused), after(0, refused, later)]).toEqual(['trouble', 'idle', 'idle'])
  })

  it('never says more than Windows shows', () => {
    const sites = [1, 2, 3, 4, 5].map((number) =>
      openSite({ id: siteId(number), name: 'A site with a long name', state: { phase: 'open', user: '', link: down } }),
    )
    expect(
      seen(knownOf({ sites: sites.map((site, at) => ({ ...site, name: `${site.name} ${at}` })) })).tooltip,
    ).toHaveLength(127)
  })
})

describe('the menu of the tray', () => {
  it('offers what can be done, site by site', () => {
    const known = {
      ...withRecordings(recordingOf(1)),
      sites: [openSite(), openSite({ id: siteId(2), name: 'Quay', quickCameras: [], state: { phase: 'signed-out' } })],
    }
    expect(labels(faceOf(known, NOW_MS).menu)).toEqual([
      'REC 1 camera',
      'Record now: Lobby, Dock',
      'Record all in view: no camera',
      'Bookmark now: Lobby, Dock',
      'HQ Campus',
      'HQ Campus/Stop Lobby (REC, 5 min left)',
      'HQ Campus/Record Dock',
      'HQ Campus/Sign out',
      'Quay: nobody is signed in',
      'Open Watchpost',
      'Start at log-on',
      'Recording key',
      'Recording key/Ctrl+Alt+R',
      'Recording key/Ctrl+Shift+F9',
      'Recording key/Ctrl+Alt+F12',
      'Recording key/None',
      'Quit',
    ])
  })

  it('says that the key is taken, and leaves out what the system does not have', () => {
    const found = labels(faceOf(knownOf({ isKeyTaken: true, startsAtLogOn: null }), NOW_MS).menu)
    expect(found).toContain('Recording key (taken by another program)')
    expect(found).not.toContain('Start at log-on')
  })

  it('stays as it is while only seconds pass', () => {
    const known = withRecordings(recordingOf(1))
    expect(faceOf(known, NOW_MS + 5_000).menu).toEqual(faceOf(known, NOW_MS).menu)
  })
})

describe('the cameras of a press', () => {
  it('are those of the profiles, or else the one pointed at last, while its site is there', () => {
    const plain = openSite()
    delete plain.quickCameras
    const preferences = { ...defaultPreferences, selectedCamera: camera(7) }
    const found = [
      knownOf({ preferences }),
      knownOf({ sites: [plain], preferences }),
      knownOf({ sites: [plain] }),
      knownOf({ sites: [], preferences }),
    ].map(quickCameras)
    expect(found).toEqual([[camera(1), camera(2)], [camera(7)], [], []])
  })

  it('in view are those the operator left on the wall, each once, or those the profile proposes', () => {
    const view = { name: '', rows: 1, columns: 3, tiles: [camera(3), null, camera(3)] }
    const proposing = openSite({ view: { rows: 1, columns: 2, cameraIds: [camera(4).cameraId, camera(5).cameraId] } })
    const found = [
      knownOf({ sites: [proposing], preferences: { ...defaultPreferences, view } }),
      knownOf({ sites: [proposing] }),
    ].map(camerasInView)
    expect(found).toEqual([[camera(3)], [camera(4), camera(5)]])
  })
})
