import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../src-main/electron/arguments.ts'
import { PageRecovery } from '../../../src-main/electron/page-recovery.ts'

describe('the command line', () => {
  it('names profiles as often as wanted, in both spellings, and leaves the rest to Chromium', () => {
    const words = ['/app', '--profile', '/a.json', '--user-data-dir=/x', '--profile=/b.json', '--profile']
    expect(readArguments(words)).toEqual({ profiles: ['/a.json', '/b.json'] })
  })
  it('may ask for a check instead of a start, with or without a file', () => {
    expect(readArguments(['--check-profile', '/a.json', '--check-profile=/b.json'])).toEqual({
      profiles: [],
      toCheck: ['/a.json', '/b.json'],
    })
    expect(readArguments(['--check-profile'])).toEqual({ profiles: [], toCheck: [] })
    expect(readArguments(['--verify-audit=/a.log', '--verify-audit'])).toEqual({ profiles: [], toVerify: ['/a.log'] })
  })
  it('does not take the next option for a file', () => {
    expect(readArguments(['--profile', '--user-data-dir=/x'])).toEqual({ profiles: [] })
  })
  it('may start without a window', () => {
    expect(readArguments(['--hidden'])).toEqual({ profiles: [], hidden: true })
  })
  it('may order a capture, of which site and with which probes', () => {
    const words = [
      '--capture',
      '/out',
      '--site=North',
      '--probe',
      'bookmark',
      '--probe=video-session',
      '--probe=bookmark',
    ]
    expect(readArguments(words)).toEqual({
      profiles: [],
      capture: { folder: '/out', site: 'North', probes: ['bookmark', 'video-session'] },
    })
    expect(readArguments(['--capture=/out'])).toEqual({ profiles: [], capture: { folder: '/out', probes: [] } })
  })
  it('is refused in one sentence where a capture is not told clearly', () => {
    const refused = (...words: string[]) => readArguments(words)
    expect(refused('--capture', '--probe=bookmark')).toEqual({
      profiles: [],
      refusal: '--capture needs the folder to write into: --capture FOLDER.',
    })
    expect(refused('--capture=').refusal).toContain('needs the folder')
    expect(refused('--capture=/out', '--probe', 'discovery')).toEqual({
      profiles: [],
      refusal:
        '--probe discovery is not known. Known are bookmark-search, evidence-lock-search, bookmark, video-session, session-refusals.',
    })
    expect(refused('--capture=/out', '--probe').refusal).toContain('--probe needs a name')
    expect(refused('--capture=/out', '--site').refusal).toBe('--site needs the id or the name of a site.')
    expect(refused('--probe=bookmark').refusal).toBe('--probe goes with --capture FOLDER, which is not there.')
  })
})

describe('a page that dies', () => {
  it('is brought back three times within a minute, and then no more', () => {
    const recovery = new PageRecovery()
    expect([0, 10_000, 20_000, 30_000].map((at) => recovery.died(at))).toEqual([
      'reload',
      'reload',
      'reload',
      'give-up',
    ])
  })
  it('is forgiven deaths older than a minute', () => {
    const recovery = new PageRecovery()
    for (const at of [0, 1_000, 2_000]) recovery.died(at)
    expect(recovery.died(61_500)).toBe('reload')
  })
})
