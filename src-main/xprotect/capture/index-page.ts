import type { Probe } from './probes.ts'

interface Contents {
  at: string
  results: { probe: Probe; exchanges: { method: string; status?: number; failed?: string }[] }[]
  /** Probes that do more than read and were not asked for. */
  left: Probe[]
  counts: { names: number; hosts: number; ids: number }
}

/** The first page of a capture: what is in it, and what to look at before it is sent. */
export function indexPage({ at, results, left, counts }: Contents): string {
  const row = ({ probe, exchanges }: Contents['results'][number]): string => {
    const came = exchanges.map(({ method, status, failed }) => `${method} ${status ?? failed}`).join(', ')
    return `| ${probe.name}.json | ${probe.asks} | ${came || 'nothing to ask'} |`
  }
  return `# What this XProtect server says

Captured by Watchpost, ${at}. It helps the makers of Watchpost to speak to servers like this one.

Every name, address, id and token was replaced by a stand-in, the same in all files: ${counts.names} names,
${counts.hosts} hosts, ${counts.ids} ids. **Read the files before you send them**: they are plain text, and no program knows your site
as you do.

| file | what it tells | what came |
| --- | --- | --- |
${results.map(row).join('\n')}

## Not asked

These do more than read, so each is run only where it is asked for by name (\`--probe NAME\`):

${left.map(({ name, does }) => `- \`${name}\`: ${does}.`).join('\n') || '- (all were asked for)'}
`
}
