import type { Call } from '../http/call.ts'
import { jsonObject } from '../http/call.ts'
import { wide, type Reply } from '../http/reply.ts'
import { sevenDigits } from './dates.ts'
import { drawJpeg } from './jpeg.ts'

export interface TaskDeps {
  clock: () => number
}

/** Camera task: a picture of now. Width and height are both required [3P FR]; names and reply are [V CFG]. */
export async function runTask(deps: TaskDeps, call: Call): Promise<Reply> {
  const body = jsonObject(call.body)
  const { width, height } = { width: Number(body?.['width']), height: Number(body?.['height']) }
  if (!(width > 0 && height > 0)) return parametersMissing(['width', 'height'])
  const now = deps.clock()
  return wide(200, {
    result: {
      frameDateTime: sevenDigits(now),
      jpegDataAsBase64: drawJpeg(width, height, now).toString('base64'),
      state: 'Success',
    },
  })
}

/** What a task says that was called without what it needs (xprotect-api.md 1.3). [V CFG] */
const parametersMissing = (names: string[]): Reply =>
  wide(400, {
    error: { httpCode: 400, details: [{ errorText: 'Bad request: parameters missing' }] },
    params: Object.fromEntries(names.map((name) => [name, ''])),
  })
