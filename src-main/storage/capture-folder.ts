import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from './verified-file.ts'

/**
 * Writes files into a folder of this user's choice, which is made where it is not there. Files that stand there already
 * are not overwritten. Throws AppError bad-file.
 */
export async function writeCapture(folder: string, files: readonly { name: string; text: string }[]): Promise<void> {
  let file = folder
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const { name, text } of files) {
      file = path.join(folder, path.basename(name))
      await writeFile(file, text, { flag: 'wx', mode: 0o600 })
    }
  } catch (cause) {
    throw new AppError({ kind: 'bad-file', file, problem: `was not written: ${reasonOf(cause)}` }, { cause })
  }
}
