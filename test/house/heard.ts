import type { Page } from '@playwright/test'
import { readTone, type HeardTone } from '../simulator/media/sound/tone.ts'

interface Spectrum {
  decibels: number[]
  binHz: number
  /** What a tile said of the moment of its picture while it was heard; empty where none does. */
  says: string
}

/** What comes out of the loudspeaker now, and what a tile says of its moment meanwhile; `null` where all is silent. */
export async function hear(page: Page, tile = '[data-tile]'): Promise<(HeardTone & { saysMs: number }) | null> {
  const spectrum = await page.evaluate(listenInPage, tile)
  const heard = spectrum && readTone(spectrum.decibels, spectrum.binHz)
  return heard && { ...heard, saysMs: Date.parse(spectrum.says) }
}

/** How many elements of the page let sound out: at most one ever may. */
export const loudspeakers = (page: Page): Promise<number> =>
  page.locator('audio, video').evaluateAll((all) => {
    const isLoud = (one: HTMLMediaElement): boolean => !one.muted && !one.paused && one.srcObject !== null
    return all.filter((one) => isLoud(one as HTMLMediaElement)).length
  })

/** Seconds since 1970 of a moment, as a tone counts them. */
export const toneSecond = (atMs: number): number => Math.floor(atMs / 1000) % 20

/** Whether a tone is of a moment, or at most a second beside it: it takes its time through buffers. */
export const isOf = (heard: HeardTone, atMs: number): boolean =>
  [-1000, 0, 1000].some((offMs) => toneSecond(atMs + offMs) === heard.second)

/** Runs in the page: a fifth of a second of what plays, by its frequencies. */
async function listenInPage(tile: string): Promise<Spectrum | null> {
  const audio = document.querySelector('audio')
  const stream = audio?.srcObject
  if (!audio || audio.paused || audio.muted || audio.volume === 0 || !(stream instanceof MediaStream)) return null
  const context = new AudioContext()
  await context.resume()
  const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
  const source = context.createMediaStreamSource(stream)
  source.connect(analyser)
  await new Promise((resolve) => setTimeout(resolve, 400))
  const levels = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(levels)
  const says = document.querySelector(`${tile} time`)?.getAttribute('datetime') ?? ''
  const binHz = context.sampleRate / analyser.fftSize
  await context.close()
  return { decibels: [...levels], binHz, says }
}
