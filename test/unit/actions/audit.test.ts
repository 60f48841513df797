import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyAuditFile } from '../../../src-main/journal/verify-audit.ts'
import { journalPlaces } from '../../../src-main/journal-in.ts'
import { openRoom, siteId, soon, type Main } from './room.ts'

const all = { filter: {}, before: null, count: 100 }
const told = async (main: Main) =>
  (await main.ask('listAudit', all)).lines.map(({ what, who, outcome = '' }) => [what, who, outcome].join(' ').trim())

describe('the audit trail', () => {
  it('tells of who signed in and out, and of who was refused, newest first', async () => {
    const { simulator, start } = await openRoom()
    const main = await start()
    const wrong = main.ask('signIn', { siteId, user: 'administrator', password: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ failure: { kind: 'wrong-password' } })
    await main.signIn()
    await main.ask('signOut', { siteId })
    await simulator.act({ do: 'stop' })
    const away = main.ask('signIn', { siteId, user: simulator.user, password: simulator.password })
    await expect(away).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
    await soon(async () => expect((await told(main)).length).toBe(4))
    expect(await told(main)).toEqual([
      `signed-out ${simulator.user}`,
      `signed-in ${simulator.user}`,
      'sign-in-refused administrator wrong-password',
      'program-started',
    ])
  })

  it('tells of a certificate that was agreed on in another’s place, and by whom', async () => {
    const { simulator, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await simulator.act({ do: 'swap-certificate', cutConnections: true })
    await soon(async () => {
      await main.ask('probeSite', { siteId })
      expect((await main.ask('listSites'))[0]!.state.phase).toBe('blocked')
    })
    const { probeId, offered } = await main.ask('probeSite', { siteId })
    const fingerprint = offered.fingerprint
    await main.ask('pinSite', { siteId, probeId, fingerprint, typed: fingerprint.slice(-8) })
    await soon(async () => {
      const { lines } = await main.ask('listAudit', { ...all, filter: { what: ['trust-changed'] } })
      expect(lines).toMatchObject([
        {
          who: expect.stringContaining(`${simulator.user} signed in`) as string,
          siteId,
          subject: new URL(simulator.gateway).host,
          outcome: `${fingerprint} in place of ${simulator.sha256} (agreed)`,
        },
      ])
    })
  })

  it('is read in pages and filtered', async () => {
    const { camera, start } = await openRoom()
    const main = await start()
    for (let user = 0; user < 5; user++) {
      const refused = main.ask('signIn', { siteId, user: `nobody-${user}`, password: 'wrong' })
      await expect(refused).rejects.toThrow()
    }
    await soon(async () => expect((await told(main)).length).toBe(6))
    const first = await main.ask('listAudit', { ...all, count: 4 })
    const second = await main.ask('listAudit', { ...all, count: 4, before: first.next })
    expect([first.lines.length, second.lines.map(({ who }) => who), second.next]).toEqual([4, ['nobody-0', ''], null])
    const count = async (filter: object) => (await main.ask('listAudit', { ...all, filter })).lines.length
    expect([
      await count({ who: 'BODY-3' }),
      await count({ what: ['program-started'] }),
      await count({ siteId }),
      await count({ deviceId: camera(1).cameraId }),
      await count({ text: 'wrong-pass' }),
      await count({ until: '2020-01-01T00:00:00.000Z' }),
    ]).toEqual([1, 1, 5, 0, 5, 0])
  })

  it('says with every page which line was changed, while the program runs and at the next start', async () => {
    const { folder, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await soon(async () => expect((await told(main)).length).toBe(2))
    expect((await main.ask('listAudit', all)).problems).toEqual([])
    const file = path.join(journalPlaces(path.join(folder, 'data')).folder, 'audit.log')
    writeFileSync(file, readFileSync(file, 'utf8').replace('program-started', 'program-stopped'))
    const problems = ['damaged or changed: line 2']
    expect((await main.ask('listAudit', all)).problems).toEqual(problems)
    await main.close()
    expect((await (await start()).ask('listAudit', all)).problems).toEqual(problems)
  })

  it.each(['csv', 'json'] as const)('is written out as %s that verifies', async (format) => {
    const { folder, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await soon(async () => expect((await told(main)).length).toBe(2))
    const exported = await main.ask('exportAudit', { filter: { siteId }, format })
    expect(exported).toMatchObject({ lines: 1, fileName: expect.stringMatching(`\\.${format}$`) as string })
    const file = path.join(folder, exported!.fileName)
    const { keyFile, anchorFile } = journalPlaces(path.join(folder, 'data'))
    const isGood = async () => (await verifyAuditFile(file, { keyFile, anchorFile })).isGood
    expect([await isGood(), readFileSync(file, 'utf8').includes('signed-in')]).toEqual([true, true])
    expect((await told(main))[0]).toMatch(/^audit-exported .* signed in, .* 1 lines, /)
  })
})
