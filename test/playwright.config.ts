import path from 'node:path'
import { defineConfig } from '@playwright/test'

const results = path.join(import.meta.dirname, 'results')

/** Browser levels: `house` is the real page in Chromium, `app` the real app in real Electron. */
export default defineConfig({
  outputDir: path.join(results, 'playwright'),
  // Pictures and processor time are shared: one test at a time on a small machine.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 90_000,
  // Real pictures on a machine that does other things too: one that fails is tried once more, and named at the end.
  retries: 1,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: process.env.LEVEL_REPORT ?? path.join(results, 'playwright.json') }]],
  projects: [
    { name: 'house', testDir: path.join(import.meta.dirname, 'house') },
    { name: 'app', testDir: path.join(import.meta.dirname, 'app') },
  ],
})
