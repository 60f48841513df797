// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { SiteState } from '../../../src-preload/contract/models/site.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'
import { FINGERPRINT, reportOf, siteId, siteOf } from '../support/sites.ts'

const open: SiteState = { phase: 'open', user: 'operator', link: { is: 'up' } }
const signingIn: SiteState = { phase: 'signing-in', user: 'operator' }
const hq = siteOf()
const depot = siteOf({ id: siteId(2), name: 'Depot South' })

describe('the session store', () => {
  let bridge: FakeBridge
  beforeEach(() => {
    bridge = new FakeBridge({ listSites: async () => [hq, depot] })
    usePage(bridge)
  })

  it('knows nothing before it has asked', () => {
    const session = useSession()
    expect({ list: session.list, selected: session.selected, screen: session.screen }).toEqual({
      list: { phase: 'loading' },
      selected: undefined,
      screen: 'sign-in',
    })
  })

  it('selects the first site, so that a form is there to type in', async () => {
    const session = useSession()
    await session.load()
    expect(session.list).toEqual({ phase: 'known', sites: [hq, depot] })
    expect(session.selected).toEqual(hq)
  })

  it('selects the site that is signing in over the first one', async () => {
    bridge.answer('listSites', async () => [hq, { ...depot, state: signingIn }])
    const session = useSession()
    await session.load()
    expect(session.selected?.id).toBe(depot.id)
  })

  it('starts on Live where a site is open already', async () => {
    bridge.answer('listSites', async () => [{ ...hq, state: open }])
    const session = useSession()
    await session.load()
    expect(session.screen).toBe('live')
  })

  it('says why the profiles could not be read, and reads them on the next try', async () => {
    bridge.answer('listSites', async () => {
      throw new AppError({ kind: 'bad-file', file: 'hq.json', problem: 'is empty' })
    })
    const session = useSession()
    await session.load()
    expect(session.list).toEqual({
      phase: 'failed',
      because: { kind: 'bad-file', file: 'hq.json', problem: 'is empty' },
    })

    bridge.answer('listSites', async () => [hq])
    await session.load()
    expect(session.list.phase).toBe('known')
  })

  it('goes to Live when the selected site opens', async () => {
    const session = useSession()
    await session.load()
    session.siteChanged({ ...hq, state: signingIn })
    session.siteChanged({ ...hq, state: open })
    expect(session.screen).toBe('live')
  })

  it('stays where somebody types while another site opens', async () => {
    const session = useSession()
    await session.load()
    session.siteChanged({ ...depot, state: signingIn })
    session.siteChanged({ ...depot, state: open })
    expect(session.screen).toBe('sign-in')
  })

  it('leaves Live on screen when the server ends the session', async () => {
    bridge.answer('listSites', async () => [{ ...hq, state: open }])
    const session = useSession()
    await session.load()
    session.siteChanged({ ...hq, state: { phase: 'signed-out', problem: { kind: 'signed-out' } } })
    expect(session.screen).toBe('live')
  })

  it('keeps the selection when the list of sites changes, and moves it only when its site is gone', async () => {
    const session = useSession()
    await session.load()
    session.select(depot.id)
    session.siteListChanged([depot, hq])
    expect(session.selected?.id).toBe(depot.id)
    session.siteListChanged([hq])
    expect(session.selected?.id).toBe(hq.id)
  })

  it('takes in a site it has not heard of', async () => {
    const session = useSession()
    await session.load()
    session.siteChanged(siteOf({ id: siteId(3) }))
    expect(session.sites.map((site) => site.id)).toEqual([hq.id, depot.id, siteId(3)])
  })

  it('puts a camera list in the site it belongs to and drops one of an unknown site', async () => {
    const session = useSession()
    await session.load()
    session.cameraListChanged(depot.id, { phase: 'ready', total: 9, skipped: 0 })
    session.cameraListChanged(siteId(9), { phase: 'ready', total: 1, skipped: 0 })
    expect(session.sites.map((site) => site.cameras)).toEqual([
      { phase: 'none' },
      { phase: 'ready', total: 9, skipped: 0 },
    ])
  })

  it('shows the list of the Log screen that is asked for, and the last one otherwise', () => {
    const session = useSession()
    session.show('log')
    const first = session.logOf
    session.showLog('audit')
    session.show('live')
    session.show('log')
    expect([first, session.screen, session.logOf]).toEqual(['commands', 'log', 'audit'])
  })

  it('goes back to the sites after signing out of the last one, not before', async () => {
    bridge.answer('listSites', async () => [
      { ...hq, state: open },
      { ...depot, state: open },
    ])
    bridge.answer('signOut', async () => {})
    const session = useSession()
    await session.load()
    await session.signOut(hq.id)
    expect(session.screen).toBe('live')
    session.siteChanged(hq)
    await session.signOut(depot.id)
    expect(session.screen).toBe('sign-in')
  })

  it('names the probed certificate by its probe when it is pinned, and supplies nothing else', async () => {
    bridge.answer('probeSite', async () => reportOf())
    bridge.answer('pinSite', async () => {})
    const session = useSession()
    const report = await session.probe(hq.id)
    await session.pin(hq.id, report.probeId, report.offered.fingerprint, 'e8b7214d')
    expect(bridge.asked.at(-1)).toEqual({
      name: 'pinSite',
      input: { siteId: hq.id, probeId: report.probeId, fingerprint: FINGERPRINT, typed: 'e8b7214d' },
    })
  })
})
