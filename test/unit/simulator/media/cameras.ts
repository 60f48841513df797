import { tmpdir } from 'node:os'
import path from 'node:path'
import { createMedia, type Media, type MediaCamera, type MediaStream } from '../../../simulator/media/index.ts'

export const carPark: MediaCamera = { number: 1, name: 'Car park north', scene: 'car-park', variant: 0 }

export const sub: MediaStream = { widthPx: 640, heightPx: 360, framesPerSecond: 15, codec: 'H264' }

/** Clips of the tests outlive a run: they are made again only when the drawing changes. */
export const cacheDir = path.join(tmpdir(), 'watchpost-test-clips')

export const openMedia = async (): Promise<Media> => createMedia({ cacheDir, size: 'small' })
