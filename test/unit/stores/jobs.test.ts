// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { useJobs } from '../../../src-renderer/stores/jobs.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'

const waiting = jobOf(2, 2, { phase: 'needs-person', because: { kind: 'forbidden' }, why: 'not-done' })

describe('the jobs store', () => {
  it('keeps what is open, what waits for a person and what is over apart, newest first', async () => {
    const listed = [jobOf(1, 1, { phase: 'done', said: null }), waiting, jobOf(3, 1, { phase: 'sending' })]
    usePage(new FakeBridge({ listJobs: async () => [...listed, jobOf(4, 1, { phase: 'expired' })] }))
    const jobs = useJobs()
    await jobs.load()
    expect([jobs.open, jobs.forPerson, jobs.over].map((list) => list.map(({ reference }) => reference))).toEqual([
      ['WP-3', 'WP-2'],
      ['WP-2'],
      ['WP-4', 'WP-1'],
    ])
  })

  it('does not let the list take back what was announced meanwhile', async () => {
    usePage(new FakeBridge({ listJobs: async () => [jobOf(1, 1, { phase: 'sending' })] }))
    const jobs = useJobs()
    const loaded = jobs.load()
    jobs.jobChanged(jobOf(1, 1, { phase: 'done', said: null }))
    await loaded
    expect(jobs.open).toEqual([])
  })

  it('speaks of the one that changed last until that is dismissed, and of none that was only listed', async () => {
    usePage(new FakeBridge({ listJobs: async () => [waiting] }))
    const jobs = useJobs()
    await jobs.load()
    const before = jobs.latest
    jobs.jobChanged(jobOf(1, 1, { phase: 'expired' }))
    const after = jobs.latest?.reference
    jobs.dismiss()
    expect([before, after, jobs.latest]).toEqual([undefined, 'WP-1', undefined])
  })

  it('hands a person’s decision on', async () => {
    const bridge = new FakeBridge({ decideJob: async () => {} })
    usePage(bridge)
    await useJobs().decide(waiting.id, 'send-again')
    expect(bridge.asked).toEqual([{ name: 'decideJob', input: { id: waiting.id, decision: 'send-again' } }])
  })
})
