import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'

/**
 * Writes files into a folder of this user's choice, which is made where it is not there. Files that stand there already
 * are not overwritten. All or none: what was written is taken away again where the next file cannot be, or the person
 * calls it off. Throws AppError bad-file, or the reason of `signal`.
 */
export async function writeCapture(
  folder: string,
  files: readonly { name: string; text: string }[],
  signal: AbortSignal,
): Promise<void> {
  const written: string[] = []
  let file = folder
  let made: string | undefined
  try {
    made = await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const { name, text } of files) {
      signal.throwIfAborted()
      file = path.join(folder, path.basename(name))
      await writeFile(file, text, { flag: 'wx', mode: 0o600 })
      written.push(file)
    }
  } catch (cause) {
    const left = await takeAway(written, made === undefined ? undefined : folder)
    const isCalledOff = signal.aborted && cause === signal.reason
    if (isCalledOff && left === undefined) throw cause
    const problem = isCalledOff ? 'was not taken away' : `was not written: ${reasonOf(cause)}`
    throw new AppError({ kind: 'bad-file', file: left ?? file, problem }, { cause })
  }
}

/** Gives what could not be taken away. A folder is taken away only where it is empty and of our making. */
async function takeAway(written: string[], folder: string | undefined): Promise<string | undefined> {
  const outcomes = await Promise.allSettled(written.map((file) => rm(file)))
  const left = outcomes.findIndex(({ status }) => status === 'rejected')
  if (folder !== undefined) await rmdir(folder).catch(() => undefined) // an empty folder tells nothing of the site
  return written[left]
}
