import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, vi } from 'vitest'
import type { CallName, Input, Output } from '../../../src-preload/contract/calls.ts'
import type { EventName, Events } from '../../../src-preload/contract/events.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId, CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import type { RecordingNow, SiteRecordings } from '../../../src-preload/contract/models/recording.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { createServices } from '../../../src-main/services.ts'
import { noDialogs } from '../../../src-main/sites/dialogs.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { LeapingClock } from './leaping-clock.ts'

export const siteId = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01' as SiteId

type SimulatorWish = NonNullable<Parameters<typeof startSimulator>[0]>

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A data folder and a simulated site; main can be started over both, ended, and started again. */
export interface Room {
  simulator: Simulator
  /** Lets time pass here and at the server. */
  leap: (ms: number) => Promise<void>
  camera: (number: number) => CameraRef
  start: () => Promise<Main>
  /** Where main keeps its files, and a person puts theirs. */
  folder: string
}

export async function openRoom(wish: SimulatorWish = {}, more: (simulator: Simulator) => object = () => ({})) {
  const simulator = await startSimulator({ media: null, special: false, ...wish })
  closing.push(() => simulator.stop())
  const folder = mkdtempSync(path.join(tmpdir(), 'actions-'))
  closing.push(() => rmSync(folder, { recursive: true }))
  const pin = (sha256: string) => ({ mode: 'pin', pins: [sha256] })
  const { gateway, recorder, sha256, recorders } = simulator
  const profile = {
    version: 1,
    id: siteId,
    name: 'North',
    gateway: [gateway],
    recorders: [recorder],
    trust: { [gateway]: pin(sha256), [recorder]: pin(recorders[0]!.sha256) },
    ...more(simulator),
  }
  writeFileSync(path.join(folder, 'a.watchpost.json'), JSON.stringify(profile))
  const clock = new LeapingClock()
  const camera: Room['camera'] = (number) => ({
    siteId,
    cameraId: simulator.site.cameras.find((one) => one.number === number)!.id as CameraId,
  })
  let leaptMs = 0
  const leap: Room['leap'] = async (ms) => {
    leaptMs += ms
    await simulator.act({ do: 'set-clock', offsetSeconds: leaptMs / 1000 })
    clock.leap(ms)
  }
  return { simulator, leap, camera, folder, start: () => startMain({ folder, clock, simulator }) } satisfies Room
}

export interface Main {
  ask: <K extends CallName>(name: K, input?: Input<K>) => Promise<Output<K>>
  /** As the simulator's operator, or another of its users. */
  signIn: (user?: string) => Promise<void>
  /** Every fact of one name, in the order they were announced. */
  facts: <K extends EventName>(name: K) => Events[K][]
  /** Every state a command was told in, in order. */
  phasesOf: (job: Pick<Job, 'id'>) => Job['state'][]
  job: (id: Job['id']) => Promise<Job | undefined>
  recording: (camera: CameraRef) => Promise<RecordingNow | undefined>
  /** States of one camera as they were announced, each once in a row; `null` where it does not record. */
  told: (camera: CameraRef) => (RecordingNow['state'] | null)[]
  whenJob: (job: Pick<Job, 'id'>, phase: Job['state']['phase']) => Promise<Job>
  whenRecording: (camera: CameraRef, state: RecordingNow['state'] | null) => Promise<RecordingNow | undefined>
  close: () => Promise<void>
}

interface MainNeeds {
  folder: string
  clock: LeapingClock
  simulator: Simulator
}

async function startMain({ folder, clock, simulator }: MainNeeds): Promise<Main> {
  const facts: { name: string; fact: unknown }[] = []
  const services = await createServices({
    profiles: { userFolder: folder, extraFiles: [] },
    preferences: createPreferenceMemory(),
    log: createMemoryLog(),
    dataFolder: path.join(folder, 'data'),
    clock,
    dialogs: { ...noDialogs, chooseTarget: async (name) => path.join(folder, name) },
    announce: (name, fact) => void facts.push({ name, fact: structuredClone(fact) }),
  })
  let isOpen = true
  const close = async (): Promise<void> => {
    if (isOpen) await services.close()
    isOpen = false
  }
  closing.push(close)
  const ask: Main['ask'] = async (name, input) => {
    const result = await services.answer(name, input)
    if (!result.ok) throw new AppError(result.failure)
    return structuredClone(result.value) as Output<typeof name>
  }
  const told = <T>(name: string): T[] => facts.filter((one) => one.name === name).map(({ fact }) => fact as T)
  const of = (camera: CameraRef, { cameras }: SiteRecordings): RecordingNow | undefined =>
    cameras.find((one) => one.camera.cameraId === camera.cameraId)
  const job: Main['job'] = async (id) => (await ask('listJobs')).find((one) => one.id === id)
  const recording: Main['recording'] = async (camera) => of(camera, await ask('listRecordings', { siteId }))
  return {
    ask,
    job,
    recording,
    close,
    facts: (name) => told(name),
    async signIn(user = simulator.user) {
      await ask('signIn', { siteId, user, password: simulator.password })
      await soon(async () => expect((await ask('listRecordings', { siteId })).isKnown).toBe(true))
      await soon(async () => expect((await ask('listSites'))[0]!.cameras.phase).toBe('ready'))
    },
    phasesOf: ({ id }) => told<Job>('jobChanged').flatMap((one) => (one.id === id ? [one.state] : [])),
    told: (camera) =>
      told<SiteRecordings>('recordingsChanged')
        .map((all) => of(camera, all)?.state ?? null)
        .filter((state, at, all) => state !== all[at - 1]),
    async whenJob({ id }, phase) {
      await soon(async () => expect((await job(id))?.state.phase).toBe(phase))
      return (await job(id))!
    },
    async whenRecording(camera, state) {
      await soon(async () => expect((await recording(camera))?.state ?? null).toBe(state))
      return recording(camera)
    },
  }
}

/** Waits until something holds. */
export const soon = (holds: () => unknown): Promise<unknown> => vi.waitFor(holds, { timeout: 12_000, interval: 20 })
