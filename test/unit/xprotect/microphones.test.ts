import { describe, expect, it } from 'vitest'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { guid, html, json } from './support/fake-gateway.ts'
import { bench, failureIn } from './support/site.ts'
import { never, signedIn } from './support/started.ts'

const cameras = [guid(1), guid(2), guid(3)] as CameraId[]
const related = (...ids: string[]) => ({ related: ids.map((id) => ({ type: 'microphones', id })) })

async function site() {
  const { server, gateway } = bench()
  await server.signIn('anna', 'secret')
  return { gateway, ask: () => server.actions().microphones(cameras, never) }
}

describe('the microphones beside cameras', () => {
  it('are named once each, with their cameras, in whichever envelope they come', async () => {
    const { gateway, ask } = await site()
    gateway.when(`GET /api/rest/v1/cameras/${guid(1)}/clientSettings`, json({ data: related(guid(7), guid(8)) }))
    gateway.when(`GET /api/rest/v1/cameras/${guid(2)}/clientSettings`, json({ array: [related(guid(7)), null] }))
    gateway.when(`GET /api/rest/v1/cameras/${guid(3)}/clientSettings`, html(404))
    gateway.when(`GET /api/rest/v1/microphones/${guid(7)}`, json({ data: { name: 'Bay', displayName: '' } }))
    gateway.when(`GET /api/rest/v1/microphones/${guid(8)}`, json({}, 403))
    expect(await ask()).toEqual([
      { id: guid(7), name: 'Bay', cameraIds: [guid(1), guid(2)] },
      { id: guid(8), name: '', cameraIds: [guid(1)] },
    ])
  })

  it('are what a server says of them', async () => {
    const { simulator, site: real, camera } = await signedIn({ microphones: 2 })
    const ask = (...numbers: number[]) => real.server.actions().microphones(numbers.map(camera), never)
    const microphone = (box: number) => ({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: `Microphone ${box}`,
    })
    // Cameras 2 and 3 share a box; the box of 4 has no microphone.
    expect(await ask(2, 3, 4)).toEqual([{ ...microphone(2), cameraIds: [camera(2), camera(3)] }])
    expect(await ask(4)).toEqual([])
    // A camera this user may not see has none that can be told.
    await simulator.act({ do: 'deny', user: simulator.user, right: 'GENERIC_READ', camera: 2 })
    expect(await ask(1, 2, 3)).toEqual([
      { ...microphone(1), cameraIds: [camera(1)] },
      { ...microphone(2), cameraIds: [camera(3)] },
    ])
    await simulator.act({ do: 'stop' })
    expect((await failureIn(ask(1)))?.kind).toBe('unreachable')
  })

  it('are not known where no answer comes', async () => {
    const { gateway, ask } = await site()
    gateway.when('GET /api/rest/v1/cameras', { kind: 'unreachable', what: 'server', how: 'refused' })
    expect((await failureIn(ask()))?.kind).toBe('unreachable')
  })
})
