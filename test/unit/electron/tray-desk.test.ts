import { beforeEach, describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { JobId } from '../../../src-preload/contract/models/job.ts'
import { defaultPreferences } from '../../../src-preload/contract/default-preferences.ts'
import type { Preferences } from '../../../src-preload/contract/models/preferences.ts'
import { TrayDesk, type TrayNeeds } from '../../../src-main/electron/tray/desk.ts'
import type { TrayFace } from '../../../src-main/electron/tray/face.ts'
import type { Notice } from '../../../src-main/electron/tray/notices.ts'
import { camera, jobOf, nameOf, NOW_MS, openSite, recordingOf, siteRecordings } from './tray-known.ts'

let asked: string[]
let notices: Notice[]
let faces: TrayFace[]
let alarms: (() => void)[]
let refusal: Failure | undefined
let nowMs: number

const bookmark = jobOf({ phase: 'accepted' }, 'bookmark')
const bookmarkId = (at: number): JobId => `bookmark ${at}` as JobId

/** Lets what was begun come to its end, and what waits together be told. */
async function settle(): Promise<void> {
  await new Promise((turn) => setImmediate(turn))
  for (const ring of alarms.splice(0)) ring()
}

function deskOf(changes: Partial<TrayNeeds> = {}, preferences: Partial<Preferences> = {}, site = openSite()): TrayDesk {
  const command =
    (what: string) =>
    async ({ cameraId }: CameraRef) => {
      asked.push(`${what} ${cameraId.slice(-1)}`)
      if (refusal) throw new AppError(refusal)
      return jobOf({ phase: 'accepted' })
    }
  return new TrayDesk(
    {
      startRecording: command('start'),
      stopRecording: command('stop'),
      addBookmarks: async (cameras, headline) => {
        asked.push(`bookmark ${headline}`)
        if (refusal) throw new AppError(refusal)
        return cameras.map((_camera, at) => ({ ...bookmark, deviceId: camera(at + 1).cameraId, id: bookmarkId(at) }))
      },
      signOut: async () => void asked.push('sign out'),
      savePreferences: async (change) => void asked.push(JSON.stringify(change)),
      cameraName: nameOf,
      clock: { now: () => nowMs, monotonic: () => nowMs, after: (_ms, run) => void alarms.push(run) },
      show: (face) => faces.push(face),
      notify: (notice) => notices.push(notice),
      bindKey: (keys) => (asked.push(`key ${keys}`), true),
      startAtLogOn: (isOn) => void asked.push(`log-on ${isOn}`),
      openWindow: () => asked.push('window'),
      quit: () => asked.push('quit'),
      warn: (line) => asked.push(line),
      ...changes,
    },
    {
      sites: [site],
      recordings: [],
      jobs: [],
      preferences: { ...defaultPreferences, ...preferences },
      profilesStartAtLogOn: false,
    },
  )
}

beforeEach(() => {
  ;[asked, notices, faces, alarms, refusal, nowMs] = [[], [], [], [], undefined, NOW_MS]
})

describe('a press', () => {
  it('records the cameras meant for it, and promises nothing', async () => {
    const desk = deskOf()
    asked = []
    desk.press()
    await settle()
    expect({ asked, notices, picture: faces.at(-1)?.picture }).toEqual({
      asked: ['start 1', 'start 2'],
      notices: [],
      picture: 'idle',
    })
  })

  it('says at once that nothing is recorded where nobody is signed in, once for many presses, and asks nobody', async () => {
    const desk = deskOf({}, {}, openSite({ state: { phase: 'signed-out' } }))
    asked = []
    for (let press = 0; press < 20; press += 1) desk.press()
    await settle()
    desk.press()
    await settle()
    expect({ asked, notices }).toEqual({
      asked: [],
      notices: [{ title: 'NOT recording: Lobby, Dock', body: 'HQ Campus: nobody is signed in' }],
    })
    nowMs += 3_000
    desk.press()
    await settle()
    expect(notices).toHaveLength(2)
  })

  it('says at once that nothing is recorded where the site is blocked, and asks nobody', async () => {
    const because: Failure = { kind: 'untrusted-certificate', fingerprint: 'ab'.repeat(32), expected: [] }
    const desk = deskOf({}, {}, openSite({ state: { phase: 'blocked', because } }))
    asked = []
    for (let press = 0; press < 20; press += 1) desk.press()
    await settle()
    expect({ asked, notices }).toEqual({
      asked: [],
      notices: [{ title: 'NOT recording: Lobby, Dock', body: 'HQ Campus: the server’s certificate has changed' }],
    })
    expect(faces.at(-1)?.picture).not.toBe('recording')
  })

  it('names the cameras by their names also after the sign-out took the list away', async () => {
    let isListed = true
    const desk = deskOf({ cameraName: (one) => (isListed ? nameOf(one) : undefined) })
    isListed = false
    desk.hear('siteChanged', openSite({ state: { phase: 'signed-out' } }))
    desk.press()
    await settle()
    expect(notices.map(({ title }) => title)).toEqual(['NOT recording: Lobby, Dock'])
  })

  it('says so where the command cannot even be kept', async () => {
    refusal = { kind: 'bad-file', file: 'journal', problem: 'is full' }
    deskOf().press()
    await settle()
    expect(notices).toEqual([{ title: 'NOT recording: Lobby, Dock', body: 'HQ Campus: a file cannot be used' }])
  })

  it('says so where no camera is meant', () => {
    deskOf({}, {}, openSite({ quickCameras: [] })).press()
    expect(notices).toEqual([{ title: 'NOT recording', body: 'No camera is chosen. Point at one in Watchpost.' }])
  })
})

describe('what main announces', () => {
  const started = siteRecordings([recordingOf(1), recordingOf(2)])

  it('is told when the server confirms a start and an end, each once', async () => {
    const desk = deskOf()
    desk.hear('recordingsChanged', siteRecordings([recordingOf(1, { state: 'requested' })]))
    desk.hear('recordingsChanged', started)
    desk.hear('recordingsChanged', started)
    await settle()
    desk.hear('recordingsChanged', siteRecordings([recordingOf(1, { state: 'unknown' })], false))
    desk.hear('recordingsChanged', started)
    await settle()
    desk.hear('recordingsChanged', siteRecordings([recordingOf(2)]))
    await settle()
    expect(notices).toEqual([
      { title: 'Recording: Lobby, Dock', body: 'HQ Campus: 5 min left' },
      { title: 'Recording ended: Lobby', body: 'HQ Campus' },
    ])
  })

  it('is not told of what others record', async () => {
    deskOf().hear('recordingsChanged', siteRecordings([recordingOf(1, { startedBy: 'other', endsAt: null })]))
    await settle()
    expect(notices).toEqual([])
  })

  it('is told when a recording does not go as it should', async () => {
    const desk = deskOf()
    const none = { state: 'not-recording', startedBy: null, endsAt: null } as const
    desk.hear('recordingsChanged', siteRecordings([recordingOf(1, { ...none, trouble: 'not-confirmed' })]))
    desk.hear('recordingsChanged', siteRecordings([recordingOf(2, { trouble: 'not-ended' })]))
    await settle()
    expect(notices.map(({ title }) => title)).toEqual([
      'NOT recording: Lobby',
      'Recording: Dock',
      'Still recording: Dock',
    ])
  })

  it('is told once for each way in which a command does not come true', async () => {
    const desk = deskOf()
    const away: Failure = { kind: 'unreachable', what: 'server' }
    const job = jobOf({ phase: 'accepted', because: away })
    const course = [
      job,
      job,
      { ...job, state: { phase: 'sending' } as const },
      { ...job, state: { phase: 'unknown', because: away } as const },
      { ...job, state: { phase: 'needs-person', because: away, why: 'too-late' } as const },
      { ...job, state: { phase: 'expired' } as const },
      jobOf({ phase: 'refused', because: { kind: 'forbidden' } }, 'stop-recording', 2),
      jobOf({ phase: 'refused', because: { kind: 'forbidden' } }, 'ptz', 2),
    ]
    for (const one of course) {
      desk.hear('jobChanged', one)
      await settle()
    }
    expect(notices.map(({ title, body }) => `${title} | ${body}`)).toEqual([
      'NOT recording: Lobby | HQ Campus: the server cannot be reached; it is tried again',
      'Not confirmed: Lobby | HQ Campus: the server cannot be reached; the server is being asked',
      'Not confirmed: Lobby | HQ Campus: open Watchpost to decide',
      'NOT recording: Lobby | HQ Campus: it could not be sent in time',
      'NOT stopped: Dock | HQ Campus: this user may not do that',
    ])
  })
})

describe('a bookmark from the tray', () => {
  const both = [camera(1), camera(2)]

  it('is told of when the server has it, and not before', async () => {
    const desk = deskOf()
    asked = []
    desk.wish({ wish: 'bookmark', cameras: both })
    // The first is done before the answer of the wish is heard.
    desk.hear('jobChanged', { ...bookmark, id: bookmarkId(0), state: { phase: 'done', said: null } })
    await settle()
    const early = notices.splice(0)
    desk.hear('jobChanged', {
      ...bookmark,
      id: bookmarkId(1),
      deviceId: camera(2).cameraId,
      state: { phase: 'sending' },
    })
    await settle()
    const because: Failure = { kind: 'forbidden' }
    desk.hear('jobChanged', {
      ...bookmark,
      id: bookmarkId(1),
      deviceId: camera(2).cameraId,
      state: { phase: 'refused', because },
    })
    await settle()
    expect({ asked, early, notices }).toEqual({
      asked: ['bookmark Lobby, Dock'],
      early: [{ title: 'Bookmarked: Lobby', body: 'HQ Campus' }],
      notices: [{ title: 'NOT bookmarked: Dock', body: 'HQ Campus: this user may not do that' }],
    })
  })

  it('is told of at once where it cannot be, and those of the page are left to the page', async () => {
    const desk = deskOf({}, {}, openSite({ state: { phase: 'signed-out' } }))
    desk.wish({ wish: 'bookmark', cameras: both })
    desk.hear('jobChanged', { ...bookmark, id: bookmarkId(7), state: { phase: 'done', said: null } })
    await settle()
    expect(notices).toEqual([{ title: 'NOT bookmarked: Lobby, Dock', body: 'HQ Campus: nobody is signed in' }])
  })
})

describe('the choices of the menu', () => {
  it('are carried out', async () => {
    const desk = deskOf()
    asked = []
    desk.wish({ wish: 'stop', camera: camera(1) })
    desk.wish({ wish: 'sign-out', siteId: camera(1).siteId })
    desk.wish({ wish: 'start-at-log-on', isOn: true })
    desk.wish({ wish: 'record-shortcut', keys: null })
    desk.wish({ wish: 'open-window' })
    desk.wish({ wish: 'quit' })
    await settle()
    expect(asked).toEqual(['stop 1', 'sign out', '{"startAtLogOn":true}', '{"recordShortcut":null}', 'window', 'quit'])
  })

  it('take effect when the preferences have changed, and not before', () => {
    const desk = deskOf()
    expect(asked.splice(0)).toEqual(['log-on false', 'key Ctrl+Alt+R'])
    desk.hear('preferencesChanged', { ...defaultPreferences, startAtLogOn: true, recordShortcut: null })
    desk.hear('preferencesChanged', {
      ...defaultPreferences,
      startAtLogOn: true,
      recordShortcut: null,
      highContrast: true,
    })
    expect(asked).toEqual(['key null', 'log-on true'])
  })

  it('report a key another program has', () => {
    deskOf({ bindKey: () => false })
    expect(notices.map(({ title }) => title)).toEqual(['The key Ctrl+Alt+R does not record'])
    expect(faces.at(-1)?.menu).toContainEqual(
      expect.objectContaining({ label: 'Recording key (taken by another program)' }),
    )
  })

  it('take nothing else away where the system refuses', () => {
    deskOf({
      startAtLogOn() {
        throw new Error('read-only')
      },
    })
    expect(notices.map(({ title }) => title)).toEqual(['Start at log-on was not changed'])
    expect(faces).not.toEqual([])
  })
})
