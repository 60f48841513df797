import { describe, expect, it } from 'vitest'
import { AppError, failureOf } from '../../../src-preload/contract/failure.ts'

describe('what an error means', () => {
  it('is what it says where it is one of ours', () => {
    expect(failureOf(new AppError({ kind: 'not-tls' }))).toEqual({ kind: 'not-tls' })
  })
  it('is a bug of ours where it is any other', () => {
    expect(failureOf(new RangeError('too deep'))).toEqual({ kind: 'bug', message: 'too deep' })
    expect(failureOf('thrown in haste')).toEqual({ kind: 'bug', message: 'thrown in haste' })
  })
})
