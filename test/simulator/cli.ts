/**
 * The simulator from a shell: `npm run -s simulator -- --help`.
 *
 * Ready, and says so on stdout, once the pictures of a first view are there; runs until SIGTERM or SIGINT. Progress and
 * trouble go to stderr: a wrong command line is one sentence and exit code 2, anything else that prevents a start is 1.
 */
import { once } from 'node:events'
import { createMedia } from './media/index.ts'
import { HELP, readArguments, WrongArguments, type Wishes } from './arguments.ts'
import { allPictures, firstView } from './first-view.ts'
import { startSimulator, type Simulator } from './start.ts'

try {
  await main(readArguments(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`simulator: ${sentenceOf(error)}\n`)
  process.exit(error instanceof WrongArguments ? 2 : 1)
}

async function main(wishes: Wishes): Promise<void> {
  const { noMedia, smallMedia, json, help, ...options } = wishes
  if (help) {
    process.stdout.write(HELP)
    return
  }
  const media = noMedia ? null : await createMedia({ size: smallMedia ? 'small' : 'normal' })
  const simulator = await startSimulator({ ...options, media })
  await media?.prepare(firstView(simulator.site), 'now', sayProgress)
  announce(simulator, json)
  const others = media?.prepare(allPictures(simulator.site), 'sometime')
  others?.catch((error: unknown) => process.stderr.write(`simulator: ${sentenceOf(error)}\n`))

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await simulator.stop()
  await media?.close()
  process.exit(0)
}

function sayProgress(made: number, wanted: number): void {
  process.stderr.write(`simulator: clip ${made} of ${wanted} is ready\n`)
}

function announce({ gateway, recorder, sha256, user, password, control }: Simulator, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ gateway, recorder, sha256, user, password, control })}\n`)
    return
  }
  process.stdout.write(
    [
      'XProtect simulator is ready. Stop it with Ctrl C.',
      `  gateway      ${gateway}`,
      `  recorder     ${recorder}`,
      `  certificate  SHA-256 ${sha256.match(/.{4}/g)!.join(' ')}`,
      `  user         ${user}`,
      `  password     ${password}`,
      `  control      ${control}/state`,
      '',
    ].join('\n'),
  )
}

function sentenceOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'the port is in use already.'
  return error instanceof Error ? error.message : String(error)
}
