import { describe, expect, it } from 'vitest'
import { mayDo, type CameraAction, type Cannot } from '../../../src-preload/contract/may-do.ts'
import type { CameraRight, CameraRights, EditionLevel } from '../../../src-preload/contract/models/capabilities.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { capabilitiesOf } from '../support/sites.ts'

const all: CameraAction[] = ['playback', 'export', 'ptz', 'record', 'bookmark', 'evidence-lock']
const camera = (id: string, changes: object = {}) => ({
  id: id as CameraId,
  ptzEnabled: true,
  recordingEnabled: true,
  ...changes,
})
const known = <T>(value: T) => ({ is: 'known', value }) as const

/** What says no, and why; the rest says yes. */
function refused(capabilities: Parameters<typeof mayDo>[0], on?: Parameters<typeof mayDo>[2]): Record<string, Cannot> {
  return Object.fromEntries(
    all.flatMap((action) => {
      const may = mayDo(capabilities, action, on)
      return may.ok ? [] : [[action, may.why]]
    }),
  )
}

it('a server of which nothing is known is asked: every button stays', () => {
  expect([refused(capabilitiesOf()), refused(capabilitiesOf(), camera('a'))]).toEqual([{}, {}])
})

it.each<[string, Record<string, Cannot>]>([
  ['23.2.1.1', { playback: 'version', bookmark: 'version', 'evidence-lock': 'version' }],
  ['23.3.1.1', { bookmark: 'version', 'evidence-lock': 'version' }],
  ['24.1.12.1', { bookmark: 'version', 'evidence-lock': 'version' }],
  ['24.2.12065.1', {}],
  ['25.1.1804.0', {}],
  ['26.1.0.0', {}],
  ['of tomorrow', {}],
])('version %s', (version, expected) => {
  expect(refused(capabilitiesOf({ version: known(version) }))).toEqual(expected)
})

it.each<[EditionLevel, Record<string, Cannot>]>([
  ['essential+', { bookmark: 'edition', 'evidence-lock': 'edition' }],
  ['express+', { bookmark: 'edition', 'evidence-lock': 'edition' }],
  ['professional+', { 'evidence-lock': 'edition' }],
  ['expert', { 'evidence-lock': 'edition' }],
  ['corporate', {}],
  ['other', {}],
])('edition %s', (level, expected) => {
  expect(refused(capabilitiesOf({ edition: known({ level, name: '' }) }))).toEqual(expected)
})

it('a camera that cannot be moved or does not record says so', () => {
  const fixed = camera('a', { ptzEnabled: false, recordingEnabled: false })
  expect(refused(capabilitiesOf(), fixed)).toEqual({ ptz: 'noPtz', record: 'recordingOff' })
})

describe('rights', () => {
  const toldApart: CameraRight[] = ['export', 'ptz', 'playback']
  const rights: CameraRights = {
    isAdministrator: false,
    toldApart,
    usual: ['playback'],
    unusual: [{ rights: ['playback', 'export'], cameraIds: ['b' as CameraId] }],
  }
  const capabilities = capabilitiesOf({ rights: known(rights) })

  it('hold for each camera by itself', () => {
    expect([refused(capabilities, camera('a')), refused(capabilities, camera('b'))]).toEqual([
      { export: 'permission', ptz: 'permission' },
      { ptz: 'permission' },
    ])
  })

  it('are missing for the site only where no camera has them', () => {
    expect(refused(capabilities)).toEqual({ ptz: 'permission' })
  })

  it('that the server does not tell apart are left to the server', () => {
    const few = capabilitiesOf({ rights: known({ isAdministrator: false, toldApart: [], usual: [], unusual: [] }) })
    expect(refused(few, camera('a'))).toEqual({})
  })

  it('of an administrator are all', () => {
    expect(refused(capabilitiesOf({ rights: known({ isAdministrator: true }) }), camera('a'))).toEqual({})
  })
})
