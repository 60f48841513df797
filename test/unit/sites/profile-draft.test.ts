import { expect, it } from 'vitest'
import { failureOf } from '../../../src-preload/contract/failure.ts'
import { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { draftOf, withDraft } from '../../../src-main/sites/profile-draft.ts'
import { SiteProfile } from '../../../src-main/storage/profile.ts'

const profileWith = (tray: object) =>
  SiteProfile.parse({
    version: 1,
    id: '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01',
    name: 'North',
    gateway: ['https://gateway.example'],
    tray,
  })
const camera = 'abcdef01-2345-4789-8bcd-ef0123456789'

function failureIn(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return failureOf(error)
  }
}

it('whether to start at log-on is said where it was said before, or is not as usual', () => {
  const before = profileWith({ cameras: [camera], startAtLogOn: true })
  const draft = draftOf(before)
  const edits = [{}, { tray: [] }, { startAtLogOn: false }]
  expect(edits.map((edit) => withDraft(before, { ...draft, ...edit }).tray)).toEqual([
    { cameras: [camera], startAtLogOn: true },
    { cameras: [], startAtLogOn: true },
    { cameras: [camera], startAtLogOn: false },
  ])
  const plain = profileWith({ cameras: [camera] })
  expect(withDraft(plain, { ...draftOf(plain), tray: [] }).tray).toBeUndefined()
  expect(withDraft(plain, { ...draftOf(plain), startAtLogOn: true }).tray).toEqual({
    cameras: [camera],
    startAtLogOn: true,
  })
})

it('ways to record are written as a file says them, and one that does not hold is named by its place', () => {
  const plain = profileWith({ cameras: [] })
  const event = { cameras: [], start: ' Record ', stop: 'Stop', form: 'customer' as const }
  const output = { cameras: [CameraId.parse(camera)], start: camera.toUpperCase(), stop: '' }
  const recordingWays = { events: [event], outputs: [output] }
  expect(withDraft(plain, { ...draftOf(plain), recordingWays }).recordingWays).toEqual({
    events: [{ start: 'Record', stop: 'Stop', form: 'customer' }],
    outputs: [{ cameras: [camera], start: camera }],
  })
  const bad = { ...recordingWays, outputs: [output, { ...output, start: 'Siren' }] }
  const failure = failureIn(() => withDraft(plain, { ...draftOf(plain), recordingWays: bad }))
  expect(failure).toMatchObject({ kind: 'bad-field', field: 'recordingWays.outputs.1.start' })
})

it('the path for signalling in one exchange is kept, is off where none is typed, and is held to the rule of the file', () => {
  const path = '/api/rest/v1/webrtc/signaling'
  const before = { ...profileWith({ cameras: [] }), singleShotPath: path }
  const [kept, off] = [draftOf(before), { ...draftOf(before), singleShotPath: ' ' }]
  expect([kept, off].map((draft) => withDraft(before, draft).singleShotPath)).toEqual([path, undefined])
  expect(draftOf(profileWith({ cameras: [] })).singleShotPath).toBeNull()
  for (const singleShotPath of ['api/rest', 'https://host/api', '/api?x=1', '/api/../x']) {
    expect(failureIn(() => withDraft(before, { ...kept, singleShotPath }))).toEqual({
      kind: 'bad-field',
      field: 'singleShotPath',
      problem: 'must be a path on the gateway, as in /api/rest/v1/name',
    })
  }
})
