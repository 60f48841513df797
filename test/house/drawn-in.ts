import type { Page } from '@playwright/test'

/** How much of the timeline is drawn in the ink of a design token, and where, in moments by its scale. */
export function drawnIn(page: Page, token: string): Promise<{ count: number; momentsMs: number[] }> {
  return page.getByRole('slider', { name: 'Timeline' }).evaluate((slider, name) => {
    const canvas = slider.querySelector('canvas')!
    const pen = new OffscreenCanvas(1, 1).getContext('2d')!
    pen.fillStyle = getComputedStyle(slider).getPropertyValue(`--${name}`).trim()
    pen.fillRect(0, 0, 1, 1)
    const ink = pen.getImageData(0, 0, 1, 1).data
    const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const [beginMs, endMs] = [Number(slider.ariaValueMin), Number(slider.ariaValueMax)]
    const columns = new Set<number>()
    let count = 0
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] !== ink[0] || data[at + 1] !== ink[1] || data[at + 2] !== ink[2]) continue
      count++
      columns.add((at / 4) % width)
    }
    return { count, momentsMs: [...columns].map((x) => beginMs + (x / width) * (endMs - beginMs)) }
  }, token)
}
