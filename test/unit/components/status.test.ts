// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import type { LockProgress } from '../../../src-preload/contract/models/evidence-lock.ts'
import type { SiteState } from '../../../src-preload/contract/models/site.ts'
import { useStatus } from '../../../src-renderer/composables/useStatus.ts'
import { createWords } from '../../../src-renderer/locales/words.ts'
import { useEvidenceLocks } from '../../../src-renderer/stores/evidence-locks.ts'
import { useNotices } from '../../../src-renderer/stores/notices.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { useJobs } from '../../../src-renderer/stores/jobs.ts'
import { cameraId } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'
import { siteId, siteOf } from '../support/sites.ts'

const open: SiteState = { phase: 'open', user: 'operator', link: { is: 'up' } }

describe('the status line', () => {
  beforeEach(() =>
    usePage(new FakeBridge({ listRecordings: async ({ siteId: id }) => ({ siteId: id, isKnown: true, cameras: [] }) })),
  )

  function status() {
    let said!: ReturnType<typeof useStatus>
    const setup = () => {
      said = useStatus()
      return () => null
    }
    mount(defineComponent({ setup }), { global: { plugins: [createWords()] } })
    return said
  }

  it('names the sites that matter now, those in trouble first', () => {
    useSession().siteListChanged([
      siteOf({ id: siteId(1), name: 'Idle' }),
      siteOf({ id: siteId(2), name: 'New', state: { phase: 'unpinned' } }),
      siteOf({ id: siteId(3), name: 'HQ', state: open }),
      siteOf({ id: siteId(4), name: 'Ended', state: { phase: 'signed-out', problem: { kind: 'signed-out' } } }),
      siteOf({
        id: siteId(5),
        name: 'Depot',
        state: { phase: 'blocked', because: { kind: 'untrusted-certificate', fingerprint: 'ab', expected: [] } },
      }),
    ])
    expect(status().sites).toEqual([
      { id: siteId(4), name: 'Ended', tone: 'trouble', says: 'session ended, sign in again' },
      { id: siteId(5), name: 'Depot', tone: 'trouble', says: 'identity changed, nothing sent' },
      { id: siteId(3), name: 'HQ', tone: 'on', says: undefined },
    ])
  })

  it.each([
    [1000, []],
    [-1000, []],
    [1240, [{ says: 'HQ Campus clock +1.2 s', isTrouble: false }]],
    [5000, [{ says: 'HQ Campus clock +5.0 s', isTrouble: false }]],
    [5100, [{ says: 'HQ Campus clock +5.1 s', isTrouble: true }]],
    [-61_000, [{ says: 'HQ Campus clock −61.0 s', isTrouble: true }]],
  ])('tells of a server clock that is off by a second, and warns of five: %i ms', (clockOffsetMs, clocks) => {
    useSession().siteListChanged([siteOf({ state: open, clockOffsetMs })])
    expect(status().clocks).toEqual(clocks)
  })

  it('says the newest notice and that there are more, and goes through them by dismissing', () => {
    const notices = useNotices()
    const said = status()
    expect(said.notice).toBeUndefined()
    notices.tell({ kind: 'forbidden' }, 1)
    notices.tell({ kind: 'not-pinned' }, 2)
    expect(said.notice).toMatchObject({
      what: 'No certificate has been agreed on for this site yet.',
      more: '2 notices',
    })
    said.dismiss()
    expect(said.notice).toMatchObject({ what: 'This user does not have the permission for that.', more: undefined })
  })

  it('says what became of the last command where it did not simply go well', () => {
    const said = status()
    const jobs = useJobs()
    jobs.jobChanged(jobOf(1, 1, { phase: 'sending' }))
    const whileSending = said.notice
    jobs.jobChanged(jobOf(1, 1, { phase: 'refused', because: { kind: 'forbidden' } }))
    expect([whileSending, said.notice]).toEqual([
      undefined,
      {
        what: 'Record, Camera not in the list: refused: This user does not have the permission for that.',
        next: 'Ask your administrator to grant it in the user’s role on the server.',
      },
    ])
    said.dismiss()
    expect(said.notice).toBeUndefined()
  })

  it('counts the commands that are open, and those that a person has to decide on before all others', () => {
    const said = status()
    const jobs = useJobs()
    const seen = [said.todo]
    jobs.jobChanged(jobOf(1, 1, { phase: 'sending' }))
    seen.push(said.todo)
    jobs.jobChanged(jobOf(2, 2, { phase: 'needs-person', because: { kind: 'forbidden' }, why: 'not-done' }))
    seen.push(said.todo)
    expect(seen).toEqual([
      undefined,
      { says: 'one command open', isTrouble: false },
      { says: 'one command needs you', isTrouble: true },
    ])
  })

  it('counts evidence locks that do not protect all they were asked to, of open sites', () => {
    const said = status()
    useSession().siteListChanged([siteOf({ state: open })])
    const progress: LockProgress = {
      jobId: jobOf(1, 3, { phase: 'sending' }).id,
      siteId: siteId(1),
      lockId: 'a',
      is: 'following',
      cameras: [{ cameraId: cameraId(3), is: 'waiting', message: '' }],
      lock: null,
      differs: [],
      seenAt: '2026-11-26T14:00:00.000Z',
    }
    const locks = useEvidenceLocks()
    const seen = [said.locks]
    locks.lockProgressed(progress)
    locks.lockProgressed({ ...progress, jobId: jobOf(2, 3, { phase: 'sending' }).id, is: 'partial' })
    seen.push(said.locks)
    locks.lockProgressed({ ...progress, cameras: [{ cameraId: cameraId(3), is: 'protected', message: '' }] })
    seen.push(said.locks)
    useSession().siteListChanged([siteOf()])
    seen.push(said.locks)
    expect(seen).toEqual([undefined, '2 evidence locks incomplete', 'one evidence lock incomplete', undefined])
  })
})
