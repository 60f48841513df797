import { describe, expect, it } from 'vitest'
import { startSimulator } from '../../simulator/start.ts'
import { html, json, text } from './support/fake-gateway.ts'
import { realSite } from './support/real-site.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

const never = new AbortController().signal
const AT = /^GET \/api\/rest\/v1\/recordingServers\?/

async function siteWith(...entries: unknown[]): Promise<Bench> {
  const made = bench()
  made.gateway.when(AT, json({ array: entries }))
  await made.server.signIn('anna', 'secret')
  return made
}

describe('recorders the server tells of', () => {
  it('are known by the address in use, else by the one that was set, without path and each once', async () => {
    const { server } = await siteWith(
      { activeWebServerUri: 'https://Rec-1.example:7563/', webServerUri: 'https://other.example:7563/' },
      { activeWebServerUri: '', webServerUri: 'https://rec-2.example:7563/some/where' },
      { enabled: true, activeWebServerUri: 'https://rec-1.example:7563' },
      { activeWebServerUri: 'https://[2001:db8::7]:7563/' },
    )
    expect(await server.recorders(never)).toEqual([
      'https://rec-1.example:7563',
      'https://rec-2.example:7563',
      'https://[2001:db8::7]:7563',
    ])
  })

  it('are left out where they are switched off, and cost only themselves where they make no sense', async () => {
    const bad = ['http://rec.example:7563/', 'https://', 'https://op:pw@rec.example/', 'javascript:alert(1)']
    const worse = ['https://rec.example\n.evil.example/', `https://${'a'.repeat(400)}.example/`, 7563, null]
    const { server, log } = await siteWith(
      null,
      'https://rec.example',
      {},
      ...[...bad, ...worse].map((activeWebServerUri) => ({ activeWebServerUri })),
      { enabled: false, activeWebServerUri: 'https://off.example:7563/' },
      { activeWebServerUri: 'https://rec.example:7563/' },
    )
    expect(await server.recorders(never)).toEqual(['https://rec.example:7563'])
    expect(log.lines).toContain('11 recorders give no address that can be used')
  })

  it('are at most as many as a profile may name', async () => {
    const { server } = await siteWith(
      ...Array.from({ length: 500 }, (_, n) => ({ webServerUri: `https://rec-${n}.example:7563/` })),
    )
    expect(await server.recorders(never)).toHaveLength(64)
  })

  it('are not known where the server does not say', async () => {
    const failures = []
    for (const answer of [html(200), json({ recorders: [] }), text('', 403)]) {
      const made = bench()
      made.gateway.when(AT, answer)
      await made.server.signIn('anna', 'secret')
      failures.push((await failureIn(made.server.recorders(never)))?.kind)
    }
    expect(failures).toEqual(['bad-answer', 'bad-answer', 'forbidden'])
  })

  it('of a real gateway stand where it listens for them', async () => {
    const simulator = await startSimulator({ media: null })
    const { server } = realSite(simulator)
    await server.signIn(simulator.user, simulator.password)
    expect(await server.recorders(never)).toEqual([simulator.recorder])
    await simulator.stop()
  })
})
