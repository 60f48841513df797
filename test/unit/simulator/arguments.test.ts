import { expect, it } from 'vitest'
import { readArguments, WrongArguments } from '../../simulator/arguments.ts'
import { HELP } from '../../simulator/help.ts'

const nothing = {
  ca: false,
  special: true,
  noMedia: false,
  smallMedia: false,
  json: false,
  help: false,
}

it('an empty command line leaves everything to the defaults', () => {
  expect(readArguments([])).toEqual(nothing)
})

it('reads the command line of the demo', () => {
  const line = '--port 0 --cameras 16 --profile 25.2 --edition Corporate --token-ttl 60 --no-special --ec --json'
  expect(readArguments(line.split(' '))).toEqual({
    ...nothing,
    port: 0,
    cameras: 16,
    profile: '25.2',
    edition: 'corporate',
    tokenTtlSeconds: 60,
    special: false,
    keyType: 'ec',
    json: true,
  })
})

it('reads the command line of a large site', () => {
  const line = '--gateways 2 --idp separate --ca --cert-days=-1 --clock-offset=-47 --child-sites 2 --role viewer'
  expect(readArguments([...line.split(' '), '--site-name', 'Depot North', '--windows-user', 'PLANT\\jo'])).toEqual({
    ...nothing,
    gateways: 2,
    idp: 'separate',
    ca: true,
    certDays: -1,
    clockOffsetSeconds: -47,
    childSites: 2,
    role: 'viewer',
    siteName: 'Depot North',
    windowsUser: 'PLANT\\jo',
  })
})

it('reads the command line of a site where much is recorded', () => {
  const line =
    '--recorders 2 --outputs 3 --microphones 2 --output-rules --rules 1,12 --manual-timeout 0 --integration --no-search-tasks'
  expect(readArguments(line.split(' '))).toEqual({
    ...nothing,
    recorders: 2,
    outputs: 3,
    microphones: 2,
    outputRules: true,
    ruleCameras: [1, 12],
    manualTimeoutMinutes: 0,
    integration: true,
    searchTasks: false,
  })
})

it.each([
  ['--rules 1,x', "--rules must be camera numbers between commas, not '1,x'."],
  ['--gateways 0', "--gateways must be a whole number from 1 to 8, not '0'."],
  ['--idp elsewhere', "--idp must be gateway or separate, not 'elsewhere'."],
  ['--cert-days tonight', "--cert-days must be a number from -3650 to 3650, not 'tonight'."],
  ['--role king', "--role must be operator or viewer or administrator, not 'king'."],
  ['--cameras many', "--cameras must be a whole number from 1 to 100000, not 'many'."],
  ['--port 65536', "--port must be a whole number from 0 to 65535, not '65536'."],
  ['--profile 26.1', "--profile must be 24.2 or 25.1 or 25.2, not '26.1'."],
  ['--edition gold', "--edition must be professional+ or corporate, not 'gold'."],
  ['--password=', '--password must not be empty.'],
  ['--colour red', "Unknown option '--colour'; --help lists the options."],
])('%s is refused in one sentence', (line, sentence) => {
  expect(() => readArguments(line.split(' '))).toThrow(new WrongArguments(sentence))
})

it('the help names every option there is, and no other', () => {
  const named = [...HELP.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => `--${name}`)
  const valued = named.map((name) => (new RegExp(`${name} [A-Z]`).test(HELP) ? `${name}=1` : name))
  const wrongAbout = valued.flatMap((option) => {
    try {
      readArguments([option])
      return []
    } catch (error) {
      return String(error).includes('Unknown option') ? [option] : []
    }
  })
  expect([named.length, wrongAbout]).toEqual([35, []])
})
