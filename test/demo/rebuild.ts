import { cpSync } from 'node:fs'
import path from 'node:path'
import { resolveConfig } from 'electron-vite'
import { build, type Rolldown } from 'vite'
import { root } from '../support/run-shown.ts'
import type { RunningApp } from '../support/app.ts'

/**
 * Builds the page again whenever one of its files changes, and has the app load it anew. The page is served from `app://`
 * under its real policy, as it is in the product: a development server would need a looser one.
 *
 * Gives a function that stops watching. Changes in the main process need a new start.
 */
export async function rebuildOnChange({ page, appFolder }: RunningApp): Promise<() => Promise<void>> {
  const inline = { configFile: path.join(root, 'build/electron.vite.config.ts') }
  const { config } = await resolveConfig(inline, 'build', 'production')
  const { build: settings, ...renderer } = config?.renderer ?? {}
  const watcher = (await build({
    ...renderer,
    configFile: false,
    logLevel: 'warn',
    build: { ...settings, watch: {} },
  })) as Rolldown.RolldownWatcher
  watcher.on('event', (event) => {
    if (event.code !== 'END') return
    if (appFolder !== root) {
      const built = path.join('out', 'renderer')
      cpSync(path.join(root, built), path.join(appFolder, built), { recursive: true })
    }
    void page.reload().catch(() => undefined) // the window was closed meanwhile
  })
  return () => watcher.close()
}
