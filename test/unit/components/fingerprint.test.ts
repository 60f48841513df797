import { describe, expect, it } from 'vitest'
import { compareEnd, groupsOf, spokenEnd } from '../../../src-renderer/components/fingerprint.ts'
import { FINGERPRINT } from '../support/sites.ts'

describe('a fingerprint for people', () => {
  it('stands in eight groups of eight, upper case, and loses nothing', () => {
    const groups = groupsOf(FINGERPRINT)
    expect(groups).toHaveLength(8)
    expect(groups.join('').toLowerCase()).toBe(FINGERPRINT)
    expect(groups[0]).toBe('4F19A05C')
  })

  it.each(['e8b7214d', 'E8B7214D', ' E8B7 214D ', 'E8:B7:21:4D', 'e8-b7-21-4d'])('agrees with %j', (typed) => {
    expect(compareEnd(typed, FINGERPRINT)).toBe('agrees')
  })

  it.each(['E8B7214E', '4F19A05C', '00000000'])('differs from %j', (typed) => {
    expect(compareEnd(typed, FINGERPRINT)).toBe('differs')
  })

  it.each(['', 'B7214D', '214D', '8E8B7214D', 'E8B7214G', 'Е8В7214D'])(
    'asks for all 8 characters after %j',
    (typed) => {
      expect(compareEnd(typed, FINGERPRINT)).toBe('too-few')
    },
  )

  it('is read out by its end', () => {
    expect(spokenEnd(FINGERPRINT)).toBe('E8B7 214D')
  })
})
