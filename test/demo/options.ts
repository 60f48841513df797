import { parseArgs } from 'node:util'

/** What the demo is asked to show, and whether it judges what it saw. */
export interface DemoOptions {
  cameras: number
  rows: number
  columns: number
  /** Seconds to watch; `null` means stay until the window is closed. */
  watchSeconds: number | null
  report: string | null
  screenshot: string | null
  widthPx: number
  heightPx: number
  /** Rebuild the page when its files change, and load it anew. */
  watch: boolean
}

const help = `npm run demo -- [OPTIONS]

  --cameras N        cameras the simulated site has (default 9)
  --grid RxC         rows and columns of the view (default 3x3)
  --for SECONDS      watch so long once every tile plays, judge, and end (default: stay; 10 without a display)
  --report FILE      write what was measured as JSON
  --screenshot FILE  write a picture of the window as PNG
  --size WxH         size of the window (default 1280x800)
  --watch            rebuild the page when its files change, and load it anew
`

/** Reads the command line. A wrong word ends the program with one sentence. */
export function readOptions(args: string[], hasDisplay: boolean): DemoOptions {
  try {
    return read(args, hasDisplay)
  } catch (error) {
    process.stderr.write(`✗ ${error instanceof Error ? error.message : String(error)}\n\n${help}`)
    return process.exit(2)
  }
}

function read(args: string[], hasDisplay: boolean): DemoOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      cameras: text,
      grid: text,
      for: text,
      report: text,
      screenshot: text,
      size: text,
      watch: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    process.exit(0)
  }
  const [rows, columns] = pair('--grid', values.grid ?? '3x3', 1, 8)
  const [widthPx, heightPx] = pair('--size', values.size ?? '1280x800', 600, 7680)
  const judges = values.report !== undefined || values.screenshot !== undefined || !hasDisplay
  return {
    cameras: whole('--cameras', values.cameras ?? '9', 1, 10_000),
    rows,
    columns,
    watchSeconds: values.watch ? null : secondsOf(values.for, judges),
    report: values.report ?? null,
    screenshot: values.screenshot ?? null,
    widthPx,
    heightPx,
    watch: values.watch,
  }
}

/** How long to watch: as told, or ten seconds where nobody can close the window. */
function secondsOf(told: string | undefined, judges: boolean): number | null {
  if (told !== undefined) return whole('--for', told, 1, 86_400)
  return judges ? 10 : null
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= least && number <= most) return number
  throw new Error(`${name} takes a whole number from ${least} to ${most}, not "${text}".`)
}

function pair(name: string, text: string, least: number, most: number): [number, number] {
  const [first, second, ...more] = text.split('x')
  if (first === undefined || second === undefined || more.length > 0)
    throw new Error(`${name} takes two numbers with an x between them, such as 4x4, not "${text}".`)
  return [whole(name, first, least, most), whole(name, second, least, most)]
}
