import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { trustChanges } from '../../../src-main/sites/trust-lines.ts'
import type { SiteProfile } from '../../../src-main/storage/profile.ts'
import { identity } from '../trust/support/certificates.ts'
import { ProfileRoom, north, origin, otherPin, pin, pinned, profile } from './profile-room.ts'

let room: ProfileRoom
beforeEach(async () => {
  room = new ProfileRoom()
  room.put(room.user, 'n.watchpost.json', profile(north, 'North', pinned))
  await room.open({ dataFolder: path.join(room.folder, 'data') })
})
afterEach(() => room.close())

/** What the trail tells of trust, oldest first, once it holds so many such lines. */
async function told(count: number) {
  return vi.waitFor(
    async () => {
      const filter = { what: ['trust-changed' as const] }
      const { lines } = await room.ask('listAudit', { filter, before: null, count: 100 })
      expect(lines.length).toBe(count)
      return lines.toReversed().map(({ who, siteId, subject, outcome }) => ({ who, siteId, subject, outcome }))
    },
    { timeout: 15_000 },
  )
}
const line = (outcome: string, siteId: string = north) => ({
  who: expect.stringMatching(/^nobody signed in, \S+ at this computer$/) as string,
  siteId,
  subject: 'gateway.example:443',
  outcome,
})

describe('the audit trail', () => {
  it('tells of a server that an edited profile trusts otherwise, and of none that is trusted as before', async () => {
    const draft = await room.draftOf(north)
    const save = (change: object) => room.ask('saveProfile', { siteId: north, draft: { ...draft, ...change } })
    await save({ name: 'Northgate', gateway: [origin, 'https://spare.example'] })
    await save({ trustModes: { [origin]: 'system' } })
    await save({ trustModes: { [origin]: 'pin' } })
    await save({ gateway: ['https://spare.example'] })
    expect(await told(3)).toEqual([
      line(`the authorities of this computer in place of ${pin} (edited)`),
      line(`${pin} in place of the authorities of this computer (edited)`),
      line(`none in place of ${pin} (edited)`),
    ])
  })

  it('tells of a pin that came with a file, once it is confirmed', async () => {
    const trust = { [origin]: { mode: 'pin', pins: [otherPin], next: [pin] } }
    room.chosen = room.put(room.folder, 'new.watchpost.json', profile(north, 'North', { trust }))
    const { importId } = (await room.ask('chooseImport'))!
    expect(await told(0)).toEqual([])
    await room.ask('confirmImport', { importId })
    expect(await told(1)).toEqual([line(`${otherPin}, next ${pin} in place of ${pin} (imported)`)])
  })

  it('tells of the trust that goes with a removed site, and comes back with it', async () => {
    const { removalId } = await room.ask('removeProfile', { siteId: north })
    await room.ask('restoreProfile', { removalId })
    expect(await told(2)).toEqual([
      line(`none in place of ${pin} (removed)`),
      line(`${pin} in place of none (restored)`),
    ])
  })

  it('tells of the trust a copy begins with', async () => {
    const { siteId } = await room.ask('duplicateProfile', { siteId: north })
    expect(await told(1)).toEqual([line(`${pin} in place of none (copied)`, siteId)])
  })
})

it('an authority is told by its fingerprint, and a pin that may have expired as one', async () => {
  const { cert, fingerprint } = await identity()
  const of = (agreed: SiteProfile['trust'][string]): SiteProfile => ({
    version: 1,
    id: north,
    name: 'North',
    gateway: [origin],
    trust: { [origin]: agreed },
  })
  const changes = trustChanges(of({ mode: 'pin', pins: [pin], allowExpired: true }), of({ mode: 'ca', ca: [cert] }))
  expect(changes).toEqual([
    { siteId: north, origin, before: `${pin}, also when expired`, after: `the authorities ${fingerprint}` },
  ])
})
