import { afterEach, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf } from './client.ts'

const running: Simulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

async function start(wish: Partial<SimulatorOptions>): Promise<Simulator> {
  const simulator = await startSimulator({ media: null, keyType: 'ec', special: false, ...wish })
  running.push(simulator)
  return simulator
}

/** What a signed-in user is told under this path. */
async function list(simulator: Simulator, path: string): Promise<Record<string, unknown>[]> {
  const client = clientOf(simulator)
  const answer = await client.ask('GET', `/api/rest/v1/${path}`, { token: await client.token() })
  await client.close()
  return answer.json()['array'] as Record<string, unknown>[]
}

it('two sites at once have nothing in common: no id, no name, no certificate, no token', async () => {
  const north = await start({ seed: 'north', siteName: 'Depot North', cameras: 4 })
  const south = await start({ seed: 'south', siteName: 'Depot South', cameras: 4 })
  const shared = (of: (simulator: Simulator) => string[]): string[] => {
    const ofSouth = new Set(of(south))
    return of(north).filter((one) => ofSouth.has(one))
  }
  expect([
    shared(({ site }) => site.cameras.flatMap(({ id, name, streams }) => [id, name, ...streams.map((s) => s.id)])),
    shared(({ site }) => [site.id, site.name, site.computerName, site.recordingServerId]),
    shared(({ sha256, gateway, password, recorder }) => [sha256, gateway, password, recorder]),
  ]).toEqual([[], [], []])
  const [northern, southern] = [clientOf(north), clientOf(south)]
  const token = await northern.token()
  const answers = [
    await northern.ask('GET', '/api/rest/v1/sites', { token }),
    await southern.ask('GET', '/api/rest/v1/sites', { token }),
  ]
  await Promise.all([northern.close(), southern.close()])
  expect(answers.map(({ status }) => status)).toEqual([200, 401])
})

it('one site that is down leaves the other alone', async () => {
  const [one, other] = [await start({ seed: 'one' }), await start({ seed: 'other' })]
  await one.act({ do: 'stop' })
  await expect(list(one, 'sites')).rejects.toThrow('ECONNREFUSED')
  expect((await list(other, 'sites')).length).toBe(1)
})

it('a site with a name has it in its own name, its first group and behind its cameras', async () => {
  const simulator = await start({ siteName: 'Depot North', cameras: 2 })
  const names = async (path: string) => (await list(simulator, path)).map(({ name }) => name)
  expect([await names('sites'), await names('cameraGroups'), await names('cameras')]).toEqual([
    ['Depot North'],
    ['Depot North'],
    ['Car park north, Depot North', 'Corridor 2F east, Depot North'],
  ])
  expect((await list(simulator, 'sites'))[0]!['computerName']).toBe('DEPOT-NORTH')
})

it('lists the sites below it with the fields of the specification, which have no address', async () => {
  const parent = await start({ childSites: 2, cameras: 9 })
  const children = await list(parent, 'childSites')
  expect(children).toEqual(
    parent.childSites.map(({ site }) => ({
      displayName: site.name,
      id: site.id,
      description: '',
      lastModified: expect.any(String) as string,
      connectionState: 'Attached',
      version: '25.1.1804.0',
      serviceAccount: 'NT AUTHORITY\\NETWORK SERVICE',
      synchronizationStatus: 0,
      relations: { self: { type: 'childSites', id: site.id } },
    })),
  )
  expect(children.map(({ displayName }) => displayName)).toEqual(['Harbour', 'Airport'])
})

it('a site below another is a server of its own that names the one above', async () => {
  const parent = await start({ childSites: 1, cameras: 9 })
  const child = parent.childSites[0]!
  const [[above], [below]] = [await list(parent, 'sites'), await list(child, 'sites')]
  expect([above!['masterSiteAddress'], below!['masterSiteAddress'], below!['id']]).toEqual([
    '',
    `${parent.gateway}/`,
    child.site.id,
  ])
  expect((await list(child, 'cameras')).map(({ name }) => name)[0]).toBe('Car park north, Harbour')
  expect(child.sha256).not.toBe(parent.sha256)
})
