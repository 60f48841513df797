import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from '@playwright/test'
import { openGallery } from './site.ts'
import type { Stage } from './stage.ts'
import { stages } from './stages.ts'

/**
 * Draws every state of the screens into `test/results/gallery/` and checks each with axe, under the page's own CSP.
 *
 * A stage that goes wrong is drawn once more, and what was wrong with it is said: the machine may be busy.
 *
 * `node test/house/gallery/shoot.ts [parts of stage names]`
 */
const root = import.meta.dirname
const results = path.join(root, '../../results/gallery')
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

/** What went wrong on one stage; empty when it is fit to be seen. */
async function shoot(browser: Browser, origin: string, name: string, stage: Stage): Promise<string[]> {
  const wrong: string[] = []
  for (const size of stage.sizes ?? sizes) {
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrong.push(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => wrong.push(`page: ${error.message}`))
    await page.goto(`${origin}/index.html?scene=${stage.scene ?? name}`)
    await page.locator('.window').waitFor()
    // What cannot be brought about is drawn as it stands, and said.
    await stage.act?.(page).catch((error: unknown) => wrong.push(`act: ${String(error).split('\n')[0]}`))
    await page.screenshot({ path: path.join(results, `${name}-${size.width}.png`) })
    wrong.push(...(await overflowing(page)), ...(await accessibilityOf(page)))
    await context.close()
  }
  return [...new Set(wrong)]
}

async function accessibilityOf(page: Page): Promise<string[]> {
  // A menu is drawn at the end of the document, over everything: it is part of no region of the page.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(['region']).analyze()
  return violations.map(
    ({ id, impact, nodes }) => `axe ${impact}: ${id} at ${nodes.map(({ target }) => target).join(' ')}`,
  )
}

/** The window itself never scrolls. */
async function overflowing(page: Page): Promise<string[]> {
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  return isWider ? ['wider than the window'] : []
}

await mkdir(results, { recursive: true })
const gallery = await openGallery()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
let failed = 0
const wanted = process.argv.slice(2)
for (const [name, stage] of Object.entries(stages)) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue
  let wrong = await shoot(browser, gallery.origin, name, stage)
  if (wrong.length > 0) {
    for (const line of wrong) console.log(`once  ${name}: ${line}`)
    wrong = await shoot(browser, gallery.origin, name, stage)
  }
  failed += wrong.length
  console.log(`${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  for (const line of wrong) console.log(`       ${line}`)
}

await browser.close()
await gallery.close()
process.exitCode = failed === 0 ? 0 : 1
