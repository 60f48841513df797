import { Pool } from 'undici'
import { createSiteTrust } from '../../src-main/trust/index.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../support/simulator-process.ts'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'

const BATCHES = 40
const CALLS_PER_BATCH = 100
const WARM_BATCHES = 4
const PATH = '/api/rest/v1/sites'

/** One exchange; gives the body, so that both sides have read it whole. */
type Call = () => Promise<string>

/** What one REST call costs through the pinned pool, and what plain undici asks for the same. */
export const restCallBench: Bench = {
  name: 'rest-call',
  what: `a REST call through the pinned pool against plain undici, ${BATCHES * CALLS_PER_BATCH} each`,
  async run() {
    // Plain undici accepts the server by its authority: the simulator has one of its own then.
    const simulator = await startSimulatorProcess(['--cameras', '1', '--no-special', '--no-media', '--ca'])
    try {
      return await restCall(simulator)
    } finally {
      await simulator.stop()
    }
  },
}

async function restCall(simulator: SimulatorProcess): Promise<Figure[]> {
  const { gateway, sha256, ca } = simulator
  if (!ca) throw new Error('the simulator has no certificate authority')
  const trust = createSiteTrust({
    origins: { gateway: { origin: gateway, trust: { mode: 'pin', pins: [sha256], nextPins: [] } } },
  })
  const plain = new Pool(gateway, { connections: 6, connect: { ca } })
  const headers = { accept: 'application/json', authorization: `Bearer ${await tokenOf(plain, simulator)}` }
  const calls: Record<'ours' | 'bare', Call> = {
    ours: async () => (await trust.transport('gateway').request({ method: 'GET', path: PATH, headers })).text,
    bare: async () => (await plain.request({ method: 'GET', path: PATH, headers })).body.text(),
  }
  try {
    if ((await calls.ours()) !== (await calls.bare())) throw new Error('the two ways do not read the same')
    const samples = { ours: [] as number[], bare: [] as number[] }
    for (let batch = 0; batch < WARM_BATCHES + BATCHES; batch++) {
      const turns = batch % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)
      for (const side of turns) {
        const times = await timesOf(calls[side])
        if (batch >= WARM_BATCHES) samples[side].push(...times)
      }
    }
    return [
      atMost(
        'REST call through the pinned pool / plain undici, p50',
        median(samples.ours) / median(samples.bare),
        '',
        1.1,
      ),
      shown('REST call through the pinned pool, p50', median(samples.ours), 'ms'),
      shown('REST call by plain undici, p50', median(samples.bare), 'ms'),
    ]
  } finally {
    trust.close()
    await plain.close()
  }
}

async function timesOf(call: Call): Promise<number[]> {
  const times: number[] = []
  for (let each = 0; each < CALLS_PER_BATCH; each++) {
    const beganMs = performance.now()
    await call()
    times.push(performance.now() - beganMs)
  }
  return times
}

async function tokenOf(pool: Pool, { user, password }: SimulatorProcess): Promise<string> {
  const form = { grant_type: 'password', client_id: 'GrantValidatorClient', username: user, password }
  const { body } = await pool.request({
    method: 'POST',
    path: '/API/IDP/connect/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
  const { access_token: token } = (await body.json()) as { access_token: string }
  return token
}
