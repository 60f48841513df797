import { describe, expect, it } from 'vitest'
import { startSimulator } from '../../simulator/start.ts'
import { json } from './support/fake-gateway.ts'
import { realSite } from './support/real-site.ts'
import { bench } from './support/site.ts'

const never = new AbortController().signal

describe('what may start and stop recordings', () => {
  it('is listed by the names administrators gave, without the events every server has', async () => {
    const simulator = await startSimulator({ media: null, outputs: 1 })
    try {
      const { server } = realSite(simulator)
      await server.signIn(simulator.user, simulator.password)
      const { events, outputs } = await server.recordingTriggers(never)
      expect(events.map(({ id }) => id)).not.toContain('85867627-b287-4439-9e55-a63701e1715b')
      expect(events.length).toBeGreaterThan(0)
      expect(outputs.length).toBeGreaterThan(0)
      expect([...events, ...outputs].every(({ id, name }) => name !== '' && name !== id)).toBe(true)
    } finally {
      await simulator.stop()
    }
  })

  it('is an empty list where the server gives none, and what makes no sense costs itself alone', async () => {
    const { gateway, server } = bench()
    gateway.when(/^GET \/api\/rest\/v1\/userDefinedEvents/, json({ error: 'no' }, 403))
    const id = 'abcdef01-2345-4789-8bcd-ef0123456789'
    gateway.when(/^GET \/api\/rest\/v1\/outputs/, json({ array: [null, { id: 'x' }, { id: id.toUpperCase() }] }))
    await server.signIn('anna', 'secret')
    expect(await server.recordingTriggers(never)).toEqual({ events: [], outputs: [{ id, name: id }] })
  })
})
