/**
 * The simulator from a shell: `npm run -s simulator -- --help`.
 *
 * Ready, and says so on stdout, once the pictures of a first view are there; runs until SIGTERM or SIGINT. Progress and
 * trouble go to stderr: a wrong command line is one sentence and exit code 2, anything else that prevents a start is 1.
 */
import { once } from 'node:events'
import { createMedia } from './media/index.ts'
import { readArguments, WrongArguments, type Wishes } from './arguments.ts'
import { allPictures, firstView } from './first-view.ts'
import { HELP } from './help.ts'
import { startSimulator, type Endpoint, type Simulator } from './start.ts'

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

/** What others need to know of a running site, as one line of JSON has it. */
function factsOf(simulator: Simulator): object {
  const { gateway, recorder, recorders, sha256, user, windowsUser, password, control } = simulator
  const { gateways, idp, ca, site } = simulator
  return {
    gateway,
    recorder,
    sha256,
    user,
    windowsUser,
    password,
    control,
    gateways,
    idp,
    ca,
    site: { id: site.id, name: site.name },
    childSites: simulator.childSites.map(factsOf),
    recorders,
  }
}

function announce(simulator: Simulator, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(factsOf(simulator))}\n`)
    return
  }
  const { gateway, recorder, sha256, user, password, control, gateways, idp, childSites } = simulator
  const { recorders } = simulator
  process.stdout.write(
    [
      'XProtect simulator is ready. Stop it with Ctrl C.',
      `  gateway      ${gateway}`,
      ...gateways.slice(1).flatMap(endpointLines('gateway')),
      `  recorder     ${recorder}`,
      ...recorders.slice(1).flatMap(endpointLines('recorder')),
      `  certificate  SHA-256 ${inGroups(sha256)}`,
      ...(idp.origin === gateway ? [] : endpointLines('idp')(idp)),
      `  user         ${user}`,
      `  password     ${password}`,
      `  control      ${control}/state`,
      ...childSites.map((child) => `  child site   ${child.site.name} ${child.gateway} ${child.control}/state`),
      '',
    ].join('\n'),
  )
}

const inGroups = (sha256: string): string => sha256.match(/.{4}/g)!.join(' ')
const endpointLines = (name: string) => (at: Endpoint) => [
  `  ${name.padEnd(12)} ${at.origin}`,
  `               SHA-256 ${inGroups(at.sha256)}`,
]

function sentenceOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'the port is in use already.'
  return error instanceof Error ? error.message : String(error)
}
