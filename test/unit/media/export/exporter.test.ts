import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../../src-preload/contract/failure.ts'
import type { ExportId } from '../../../../src-preload/contract/models/export.ts'
import type { CameraRef } from '../../../../src-preload/contract/models/ids.ts'
import type { ExportSink } from '../../../../src-renderer/media/export/export-sink.ts'
import { Exporter, type ExportState } from '../../../../src-renderer/media/export/exporter.ts'
import type { PlayRecorded } from '../../../../src-renderer/media/export/recorded-frames.ts'
import { Deck, fromMs, wanted } from './deck.ts'

const id = 'export' as ExportId
const cameras = ['one', 'two'].map((cameraId) => ({ siteId: 'site', cameraId }) as unknown as CameraRef)

/** Decks of their own, and a sink that notes what it is told. */
let decks: Map<string, Deck>
let told: unknown[]
let states: ExportState[]
beforeEach(() => {
  decks = new Map(cameras.map(({ cameraId }) => [cameraId, new Deck()]))
  told = []
  states = []
})

const sink: ExportSink = {
  begin: async () => ({ id, folder: '/pictures/copy' }),
  write: async () => {},
  finishFile: async (_id, { cameraId }, facts) => {
    told.push(['file', cameraId, facts.frames])
    return { fileName: `${cameraId}.mp4`, sha256: '', bytes: 1 }
  },
  end: async (_id, missing) => {
    told.push(['end', missing.map(({ camera, why }) => [camera.cameraId, why])])
    return { id: 'file', fileName: 'manifest.json', folder: '/pictures/copy' }
  },
  cancel: async () => void told.push('cancel'),
}

function exporterOf(more: Partial<ExportSink> = {}): Exporter {
  const play: PlayRecorded = (camera, wish) => decks.get(camera.cameraId)!.play(camera, wish)
  const onChange = (state: ExportState) => void states.push(state)
  const wish = { cameras, fromMs, toMs: fromMs + 8_000, needBytes: 1 }
  return new Exporter({ play, sink: { ...sink, ...more }, onChange, random: () => 0 }, wish)
}
const last = () => states.at(-1)
const frames = wanted(8).length

describe('an export of two cameras', () => {
  it('has a file of each, and ends', async () => {
    await exporterOf().start()
    expect(told).toEqual([
      ['file', 'one', frames],
      ['file', 'two', frames],
      ['end', []],
    ])
    expect(last()).toMatchObject({ phase: 'done', file: { fileName: 'manifest.json' } })
  })

  it('stops with the one that cannot go on, and goes on with it alone when told to', async () => {
    Object.assign(decks.get('two')!, { cuts: [70], because: { kind: 'signed-out' } })
    const exporter = exporterOf()
    await exporter.start()
    expect(last()).toMatchObject({
      phase: 'stopped',
      cameras: [{ state: { is: 'done' } }, { state: { is: 'stopped', because: { kind: 'signed-out' } } }],
    })
    expect(told).toEqual([['file', 'one', frames]])
    await exporter.resume()
    expect(told.slice(1)).toEqual([
      ['file', 'two', frames],
      ['end', []],
    ])
    expect(decks.get('one')!.asked).toHaveLength(1)
  })

  it('ends without what has stopped, and without what was never recorded, and says so', async () => {
    Object.assign(decks.get('one')!, { endMs: 0 })
    Object.assign(decks.get('two')!, { cuts: [0], because: { kind: 'forbidden' } })
    const exporter = exporterOf()
    await exporter.start()
    await exporter.endWithout()
    const missing = [
      ['one', 'nothing is recorded there'],
      ['two', 'forbidden'],
    ]
    expect(told).toEqual([['end', missing]])
    expect(last()).toMatchObject({ phase: 'done' })
  })

  it('is thrown away once, whether it runs already or is only being begun', async () => {
    const early = exporterOf()
    const begun = early.start()
    await early.cancel()
    await begun
    expect([told, last()]).toEqual([['cancel'], { phase: 'cancelled' }])

    told = []
    const begins = Promise.withResolvers<void>()
    const exporter = exporterOf({
      write: () => {
        begins.resolve()
        return new Promise(() => {}) // a disk that never answers
      },
    })
    void exporter.start() // it ends with the disk
    await begins.promise
    await exporter.cancel()
    await exporter.cancel()
    await exporter.resume()
    expect([told, last()]).toEqual([['cancel'], { phase: 'cancelled' }])
  })

  it('is none where there is no room for it', async () => {
    const because = { kind: 'bad-file', file: '/pictures', problem: 'the disk is full' } as const
    await exporterOf({ begin: () => Promise.reject(new AppError(because)) }).start()
    expect(states).toEqual([{ phase: 'failed', because }])
  })
})
