import { request } from 'undici'
import { expect, it } from 'vitest'
import type { SimulatorState } from '../../simulator/start.ts'
import { startSimulatorProcess } from '../../support/simulator-process.ts'

it('from a shell it prints all there is to know of the site and those below it, and obeys by HTTP', async () => {
  const line =
    '--no-media --ec --gateways 2 --recorders 2 --idp separate --ca --child-sites 1 --site-name Plant --clock-offset=180'
  const simulator = await startSimulatorProcess(line.split(' '))
  try {
    expect(Object.keys(simulator).slice(0, 12)).toEqual(
      'gateway recorder sha256 user windowsUser password control gateways idp ca site childSites'.split(' '),
    )
    const { gateways, recorders, idp, ca, site, childSites } = simulator
    expect([recorders.length, recorders[0]?.origin]).toEqual([2, simulator.recorder])
    expect([gateways.length, gateways[0]?.sha256 === simulator.sha256, site.name, childSites[0]?.site.name]).toEqual([
      2,
      true,
      'Plant',
      'Harbour',
    ])
    expect([ca?.startsWith('-----BEGIN CERTIFICATE-----'), new URL(idp.origin).protocol]).toEqual([true, 'https:'])
    const act = async (body: object) => {
      const answer = await request(`${simulator.control}/actions`, { method: 'POST', body: JSON.stringify(body) })
      return answer.body.json()
    }
    const { nextSha256 } = (await act({ do: 'announce-certificate', which: 'idp' })) as { nextSha256: string }
    expect(await act({ do: 'stop', which: 'gateway-2' })).toEqual({})
    const state = (await (await request(`${simulator.control}/state`)).body.json()) as SimulatorState
    expect([state.idp.nextSha256, state.gateways.map(({ listening }) => listening), state.clockOffsetSeconds]).toEqual([
      nextSha256,
      [true, false],
      180,
    ])
  } finally {
    await simulator.stop()
  }
})
