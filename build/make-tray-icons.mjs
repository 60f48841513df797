/**
 * Draws the pictures of the tray, in Chromium: `node build/make-tray-icons.mjs`. The results are kept in the repository.
 *
 * Each state has a shape of its own, so that it is told apart without colour too: a screen, a disc, a triangle, and a
 * triangle with a disc in it. Light edges keep them on a dark panel, dark ones on a light panel.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

const folder = path.join(import.meta.dirname, 'icons', 'tray')

/** Windows asks for 16 pixels, Linux panels for 22 or 32; each also at twice its size. */
const sizesPx = [16, 22, 32, 44, 64]

const dark = '#13171a'
const light = '#f4f6f7'
const triangle = (/** @type {string} */ inside) => `
  <path d="M32 5 61 57H3Z" fill="${light}" stroke="${light}" stroke-width="6" stroke-linejoin="round"/>
  <path d="M32 9 57 54H7Z" fill="#f2a900" stroke="${dark}" stroke-width="4" stroke-linejoin="round"/>
  ${inside}`

/** @type {Record<string, string>} */
const shapes = {
  idle: `
    <rect x="3" y="8" width="58" height="48" rx="10" fill="${light}"/>
    <rect x="6" y="11" width="52" height="42" rx="8" fill="${dark}"/>
    <circle cx="32" cy="32" r="13" fill="none" stroke="#8fc3ee" stroke-width="6"/>`,
  recording: `
    <circle cx="32" cy="32" r="30" fill="${light}"/>
    <circle cx="32" cy="32" r="27" fill="${dark}"/>
    <circle cx="32" cy="32" r="22" fill="#e5343d"/>`,
  trouble: triangle(`<path d="M28 22h8l-1.5 18h-5Z" fill="${dark}"/><circle cx="32" cy="47" r="4" fill="${dark}"/>`),
  'recording-trouble': triangle(
    `<circle cx="32" cy="39" r="13" fill="${dark}"/><circle cx="32" cy="39" r="9.5" fill="#e5343d"/>`,
  ),
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage()
mkdirSync(folder, { recursive: true })
for (const [state, shape] of Object.entries(shapes)) {
  for (const size of sizesPx) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>*{margin:0}svg{display:block}</style>
       <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="${size}" height="${size}">${shape}</svg>`,
    )
    writeFileSync(path.join(folder, `${state}-${size}.png`), await page.screenshot({ omitBackground: true }))
  }
}
await browser.close()
