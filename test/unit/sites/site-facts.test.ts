import { beforeEach, describe, expect, it } from 'vitest'
import type { Camera } from '../../../src-preload/contract/models/camera.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { SiteFacts } from '../../../src-main/sites/site-facts.ts'
import type { ServerFacts } from '../../../src-main/xprotect/server-facts.ts'
import { capabilitiesOf } from '../support/sites.ts'

const known = (version: string): ServerFacts => ({
  capabilities: capabilitiesOf({ version: { is: 'known', value: version } }),
  children: [],
  masterAddress: '',
})
const camera = (id: string, ptzEnabled: boolean): Camera => ({ id: id as CameraId, ptzEnabled }) as Camera

describe('what is known of a site', () => {
  let asked: (CameraId | undefined)[]
  let answer: (signal: AbortSignal) => Promise<ServerFacts>
  let changes: number
  let cameras: Camera[]
  let facts: SiteFacts
  const log = createMemoryLog()

  beforeEach(() => {
    asked = []
    changes = 0
    cameras = []
    answer = async () => known('25.1.1804.0')
    facts = new SiteFacts({
      ask: (of, signal) => {
        asked.push(of)
        return answer(signal)
      },
      cameras: () => cameras,
      log: log.scope('sites'),
      changed: () => {
        changes++
      },
    })
  })

  it('is asked once at each sign-in, and announced once', async () => {
    const before = facts.shown.capabilities.version
    for (let times = 0; times < 3; times++) await facts.ask()
    expect([before, asked.length, changes, facts.shown]).toEqual([
      { is: 'unknown', why: 'not-asked' },
      1,
      1,
      known('25.1.1804.0'),
    ])
    facts.forget()
    expect(facts.shown.capabilities.version).toEqual({ is: 'unknown', why: 'not-asked' })
    await facts.ask()
    expect(asked.length).toBe(2)
  })

  it('is asked of a camera that can be moved, else of the first, else of none', async () => {
    for (cameras of [[camera('a', false), camera('b', true)], [camera('a', false)], []]) {
      facts.forget()
      await facts.ask()
    }
    expect(asked).toEqual(['b', 'a', undefined])
  })

  it('is asked again where no answer came, and only then', async () => {
    const open = capabilitiesOf({ edition: { is: 'unknown', why: 'no-answer' } })
    answer = async () => ({ ...known(''), capabilities: open })
    await facts.ask()
    answer = async () => known('25.1.1804.0')
    await facts.ask()
    await facts.ask()
    expect([asked.length, facts.shown.capabilities.version]).toEqual([2, { is: 'known', value: '25.1.1804.0' }])
  })

  it('of somebody who left meanwhile is nobody’s', async () => {
    const { promise, resolve } = Promise.withResolvers<ServerFacts>()
    const signals: AbortSignal[] = []
    answer = (signal) => {
      signals.push(signal)
      return promise
    }
    const asking = facts.ask()
    facts.forget()
    resolve(known('25.1.1804.0'))
    await asking
    expect([signals[0]?.aborted, changes, facts.shown.capabilities.version]).toEqual([
      true,
      0,
      { is: 'unknown', why: 'not-asked' },
    ])
  })
})
