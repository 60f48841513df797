import { describe, expect, it } from 'vitest'
import { ProfileDraft } from '../../../src-preload/contract/models/profile.ts'
import {
  badLengths,
  draftOf,
  emptyForm,
  formOf,
  lengthOf,
  secondsOf,
  trustRows,
} from '../../../src-renderer/screens/profile/profile-form.ts'
import { profileOf } from '../support/profiles.ts'

describe('a profile in its form', () => {
  it('comes out as it went in', () => {
    expect(draftOf(formOf(profileOf()))).toEqual(profileOf().draft)
    expect(draftOf(formOf(profileOf({ view: null, user: null, idp: null })))).toEqual(
      profileOf({ view: null, user: null, idp: null }).draft,
    )
  })

  it('is something main can read, even when empty', () => {
    expect(ProfileDraft.safeParse(draftOf(emptyForm())).success).toBe(true)
  })

  it('takes an address without its scheme for https, and leaves every other as typed', () => {
    const form = { ...emptyForm(), gateway: [' vms.example:8443 ', 'http://vms.example'] }
    expect(draftOf(form).gateway).toEqual(['https://vms.example:8443', 'http://vms.example'])
  })

  it('says no path for signalling where none is typed, and leaves one as typed', () => {
    const draft = (singleShotPath: string) => draftOf({ ...emptyForm(), singleShotPath })
    expect([draft('  ').singleShotPath, draft(' /api/x ').singleShotPath]).toEqual([null, '/api/x'])
    const path = '/api/rest/v1/webrtc/signaling'
    expect(draftOf(formOf(profileOf({ singleShotPath: path }))).singleShotPath).toBe(path)
  })

  it('shows whole minutes as minutes and everything else as seconds', () => {
    expect([lengthOf(900), lengthOf(90)]).toEqual([
      { typed: '15', unit: 'minutes' },
      { typed: '90', unit: 'seconds' },
    ])
    expect(secondsOf({ typed: '15', unit: 'minutes' })).toBe(900)
  })

  it.each(['', '0', '1.5', '-3', '1441', 'ten'])('does not take %j minutes for a length', (typed) => {
    const form = emptyForm()
    form.recording.longest = { typed, unit: 'minutes' }
    expect(badLengths(draftOf(form))).toEqual(['recording.maxSeconds'])
  })

  it('finds the trust of an address however it is typed, and none for a new one', () => {
    const form = { ...formOf(profileOf()), gateway: ['HQ-VMS.example:443/', 'new.example'], recorders: [] }
    expect(trustRows(form, profileOf().origins).map(({ mode }) => mode)).toEqual(['pin', 'none', 'system'])
  })

  it('forgets a wish about the trust of an address that is gone', () => {
    const form = {
      ...emptyForm(),
      gateway: ['https://a.example'],
      trustModes: { 'https://b.example': 'system' as const },
    }
    expect(draftOf(form).trustModes).toEqual({})
  })
})
