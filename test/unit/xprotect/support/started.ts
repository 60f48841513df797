import { afterEach } from 'vitest'
import type { ServerDeps } from '../../../../src-main/xprotect/connect.ts'
import type { CameraId } from '../../../../src-preload/contract/models/ids.ts'
import { startSimulator, type Simulator } from '../../../simulator/start.ts'
import { pinnedOrigin, realSite, type RealSite } from './real-site.ts'

type Options = NonNullable<Parameters<typeof startSimulator>[0]>

export interface Started {
  simulator: Simulator
  site: RealSite
  /** Of the camera with this number. */
  camera: (number: number) => CameraId
}

export const never = new AbortController().signal

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A simulated site without pictures, and a server object that speaks to it and to its recorders over pinned TLS. */
export async function started(
  options: Options = {},
  deps: (simulator: Simulator) => Partial<ServerDeps> = () => ({}),
): Promise<Started> {
  const simulator = await startSimulator({ media: null, ...options })
  closing.push(() => simulator.stop())
  const recorders = new Map(
    simulator.recorders.map(({ origin, sha256 }) => [origin, pinnedOrigin(origin, sha256)] as const),
  )
  for (const recorder of recorders.values()) closing.push(() => recorder.destroy(new Error('test over')))
  const site = realSite(simulator, undefined, {
    recorders: { known: [...recorders.keys()], transport: (origin) => recorders.get(origin)! },
    ...deps(simulator),
  })
  closing.push(site.close)
  return {
    simulator,
    site,
    camera: (number) => simulator.site.cameras.find((camera) => camera.number === number)!.id as CameraId,
  }
}

export async function signedIn(...wish: Parameters<typeof started>): Promise<Started> {
  const made = await started(...wish)
  await made.site.server.signIn(made.simulator.user, made.simulator.password)
  return made
}
