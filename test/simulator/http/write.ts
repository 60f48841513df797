import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { PathFault } from '../control/fault-shapes.ts'
import { empty, html, refusal, text, type Reply } from './reply.ts'

const SERVER = 'Microsoft-IIS/10.0'

/** Writes an answer whole. */
export function writeReply(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return
  response.writeHead(reply.status, {
    server: SERVER,
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
  })
  response.end(reply.body)
}

/** Carries out a fault on one request. `trueReply` is asked only where the fault needs it. */
export async function writeFault(
  response: ServerResponse,
  fault: PathFault,
  trueReply: () => Promise<Reply>,
  stopServer: () => void,
): Promise<void> {
  if (fault.delayMs > 0) await wait(fault.delayMs)
  if (fault.answer?.body === 'hang') return
  if (fault.answer?.body === 'reset' || fault.lost === 'before') {
    response.socket?.destroy()
    return
  }
  if (fault.answer) {
    writeReply(response, await falseReply(fault.answer, trueReply))
    return
  }
  const reply = await trueReply()
  if (fault.lost === 'after') {
    response.socket?.destroy()
    return
  }
  if (fault.replyDelayMs > 0) await wait(fault.replyDelayMs)
  if (fault.cutAfterBytes !== undefined) {
    await writeCut(response, reply, fault.cutAfterBytes)
    if (fault.thenStop) stopServer()
    return
  }
  if (fault.bytesPerSecond !== undefined) return writeDripping(response, reply, fault.bytesPerSecond)
  writeReply(response, reply)
}

type Answer = NonNullable<PathFault['answer']>

async function falseReply(answer: Answer, trueReply: () => Promise<Reply>): Promise<Reply> {
  const reply = await bodyOf(answer, trueReply)
  const retryAfter = answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter }
  return { ...reply, headers: { ...reply.headers, ...retryAfter, ...answer.headers } }
}

async function bodyOf(answer: Answer, trueReply: () => Promise<Reply>): Promise<Reply> {
  const { status } = answer
  switch (answer.body) {
    case 'json':
      return refusal(status, answer.text ?? 'Service unavailable')
    case 'text':
      return text(status, answer.text ?? 'System.AggregateException: One or more errors occurred.')
    case 'own':
      return { ...refusal(status, ''), body: answer.text ?? '' }
    case 'huge':
      return { ...refusal(status, ''), body: `{"array":["${'x'.repeat(Math.max(0, answer.bytes - 14))}"]}` }
    case 'truncated-json': {
      const whole = await trueReply()
      return { ...whole, body: whole.body.toString().slice(0, Math.floor(whole.body.length / 2)) }
    }
    case 'html':
      return html(status, answer.text ?? 'Service unavailable', 'The service is unavailable.')
    case 'empty':
    case 'hang':
    case 'reset':
      return empty(status)
  }
}

/** Promises the whole length, sends a part, and is gone. */
async function writeCut(response: ServerResponse, reply: Reply, bytes: number): Promise<void> {
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { server: SERVER, ...reply.headers, 'content-length': body.length })
  response.flushHeaders()
  await new Promise<void>((resolve) => {
    response.write(body.subarray(0, Math.max(1, bytes)), () => resolve())
  })
  response.socket?.destroy()
}

async function writeDripping(response: ServerResponse, reply: Reply, bytesPerSecond: number): Promise<void> {
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { server: SERVER, ...reply.headers, 'content-length': body.length })
  const portion = Math.max(1, Math.round(bytesPerSecond / 10))
  for (let at = 0; at < body.length && !response.destroyed; at += portion) {
    response.write(body.subarray(at, at + portion))
    await wait(100)
  }
  response.end()
}
