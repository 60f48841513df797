// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { useNotices } from '../../../src-renderer/stores/notices.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'

describe('the notices store', () => {
  beforeEach(() => usePage(new FakeBridge()))

  it('keeps the newest first', () => {
    const notices = useNotices()
    notices.tell({ kind: 'bug', message: 'one' }, 1000)
    notices.tell({ kind: 'bug', message: 'two' }, 2000)
    expect(notices.latest).toEqual({ id: 2, atMs: 2000, failure: { kind: 'bug', message: 'two' }, times: 1 })
  })

  it('counts what comes again instead of saying it twice', () => {
    const notices = useNotices()
    notices.tell({ kind: 'bug', message: 'one' }, 1000)
    notices.tell({ kind: 'forbidden' }, 2000)
    notices.tell({ kind: 'bug', message: 'one' }, 3000)
    expect(notices.notices).toEqual([
      { id: 1, atMs: 3000, failure: { kind: 'bug', message: 'one' }, times: 2 },
      { id: 2, atMs: 2000, failure: { kind: 'forbidden' }, times: 1 },
    ])
  })

  it('shows the one before when the newest is dismissed', () => {
    const notices = useNotices()
    notices.tell({ kind: 'forbidden' }, 1000)
    notices.tell({ kind: 'not-tls' }, 2000)
    notices.dismiss(notices.latest!.id)
    expect(notices.latest?.failure).toEqual({ kind: 'forbidden' })
  })

  it('does not grow without end', () => {
    const notices = useNotices()
    for (let n = 0; n < 1000; n++) notices.tell({ kind: 'bug', message: `number ${n}` }, n)
    expect(notices.notices).toHaveLength(20)
  })
})
