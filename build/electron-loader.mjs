/** Runs the app folder named on the command line, as Electron's own default app would (electron.mjs says why). */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const folder = process.argv
  .slice(1)
  .find((word) => !word.startsWith('-') && existsSync(path.join(word, 'package.json')))
if (!folder) {
  process.stderr.write('Name the folder of the app to run.\n')
  app.exit(2)
} else {
  const home = path.resolve(folder)
  const description = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'))
  const loaded =
    /** @type {import('electron').App & { setAppPath(folder: string): void, setVersion(version: string): void }} */ (
      app
    )
  loaded.setAppPath(home)
  loaded.setName(description.productName ?? description.name)
  loaded.setVersion(description.version)
  await import(pathToFileURL(path.join(home, description.main)).href)
}
