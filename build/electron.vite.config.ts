import { readFileSync } from 'node:fs'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const root = path.join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
const define = { __VERSION__: JSON.stringify(version) }

/** Timings of plug-ins are noise in a build that takes three seconds. */
const checks = { pluginTimings: false }

/**
 * Three bundles. Everything is bundled, so the package ships only `out/`.
 *
 * Targets are the oldest runtime that has to carry the code: the fallback Electron 33 (Node 20, Chromium 130).
 */
export default defineConfig({
  main: {
    root,
    define,
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
    plugins: [vue()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { checks, input: path.join(root, 'src-renderer/index.html') },
    },
  },
})
