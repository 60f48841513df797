import { readFileSync } from 'node:fs'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import license from 'rollup-plugin-license'

const root = path.join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
const define = { __VERSION__: JSON.stringify(version) }

/** Timings of plug-ins are noise in a build that takes three seconds. */
const checks = { pluginTimings: false }

/** Terms that may be shipped with a program of ours, each under its own notice; others end the build. */
const TERMS = '(MIT OR ISC OR BSD-2-Clause OR BSD-3-Clause OR 0BSD OR Apache-2.0 OR MPL-2.0)'

/** Whose work is in a bundle, and the terms it is under: shipped beside the program. */
const notices = (bundle: string) =>
  license({
    cwd: root,
    thirdParty: {
      allow: { test: TERMS, failOnUnlicensed: true, failOnViolation: true },
      output: path.join(root, 'out/notices', `${bundle}.txt`),
    },
  })

/**
 * Three bundles. Everything is bundled, so the package ships only `out/`.
 *
 * Targets are the oldest runtime that has to carry the code: the fallback Electron 33 (Node 20, Chromium 130).
 */
export default defineConfig({
  main: {
    root,
    define,
    plugins: [notices('main')],
    build: {
      outDir: path.join(root, 'out/main'),
      externalizeDeps: false,
      target: 'node20',
      sourcemap: false,
      rolldownOptions: {
        checks,
        input: path.join(root, 'src-main/index.ts'),
        external: ['electron'],
        output: { format: 'es', entryFileNames: 'index.js' },
      },
    },
  },
  preload: {
    root,
    plugins: [notices('preload')],
    build: {
      outDir: path.join(root, 'out/preload'),
      externalizeDeps: false,
      target: 'node20',
      rolldownOptions: {
        checks,
        input: path.join(root, 'src-preload/index.ts'),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'src-renderer'),
    base: './',
    define: {
      ...define,
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
    },
    plugins: [vue(), notices('page')],
    build: {
      outDir: path.join(root, 'out/renderer'),
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { checks, input: path.join(root, 'src-renderer/index.html') },
    },
  },
})
