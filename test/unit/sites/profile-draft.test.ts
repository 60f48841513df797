import { expect, it } from 'vitest'
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

it('whether to start at log-on stays as the file has it, whatever cameras the form names', () => {
  const before = profileWith({ cameras: [camera], startAtLogOn: true })
  const draft = draftOf(before)
  const after = [draft, { ...draft, tray: [] }].map((edited) => withDraft(before, edited).tray)
  expect(after).toEqual([
    { cameras: [camera], startAtLogOn: true },
    { cameras: [], startAtLogOn: true },
  ])
  const plain = profileWith({ cameras: [camera] })
  expect(withDraft(plain, { ...draftOf(plain), tray: [] }).tray).toBeUndefined()
})
