/** Draws the app's icons from `icon.svg`, in Chromium: `node build/make-icons.mjs`. The results are kept in the repository. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

const here = import.meta.dirname
const svg = readFileSync(path.join(here, 'icon.svg'), 'utf8')
const linuxSizes = [16, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 32, 48, 64, 128, 256]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage()
/** @type {Map<number, Buffer>} */
const pictures = new Map()
for (const size of linuxSizes) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  pictures.set(size, await page.screenshot({ omitBackground: true }))
}
await browser.close()

mkdirSync(path.join(here, 'icons'), { recursive: true })
for (const [size, png] of pictures) writeFileSync(path.join(here, 'icons', `${size}x${size}.png`), png)
writeFileSync(
  path.join(here, 'icon.ico'),
  ico(windowsSizes.map((size) => ({ size, png: pictures.get(size) ?? Buffer.alloc(0) }))),
)

/** An ICO file holding PNG pictures: a 6-byte head, 16 bytes for each picture, then the pictures. */
function ico(/** @type {{ size: number, png: Buffer }[]} */ entries) {
  const head = Buffer.alloc(6 + 16 * entries.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(entries.length, 4)
  let offset = head.length
  entries.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...entries.map(({ png }) => png)])
}
