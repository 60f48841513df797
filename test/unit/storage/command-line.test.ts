import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeAuthority, makeIdentity } from '../../simulator/http/certificate.ts'
import { startSimulator } from '../../simulator/start.ts'
import { root } from '../../support/run-shown.ts'
import { makeFolders, north, origin, otherPin, pinnedTo, pin, profileOf, south, type Folders } from './support.ts'

let folders: Folders
beforeEach(() => (folders = makeFolders()))
afterEach(() => folders.clean())

/** The command as an administrator runs it: a process of its own. */
async function run(...words: string[]): Promise<{ code: number; text: string; error: string }> {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: { profile: string }
  }
  const [program, ...args] = scripts.profile.split(' ')
  const child = spawn(program!, [...args, ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { text: '', error: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...said }
}
const file = (name: string, content: object | string): string => folders.put(folders.userFolder, name, content)

describe('checking profiles', () => {
  it('says that a good one is good, and what may not be meant', async () => {
    const good = file('a', profileOf(north, 'North', pinnedTo(pin)))
    const unsure = file('b', {
      ...profileOf(south, 'South'),
      trust: {
        'https://old.example': {
          mode: 'ca',
          ca: [
            (await makeAuthority('ec', 'Works authority')).certificatePem,
            (await makeIdentity({ keyType: 'ec', commonName: 'no-authority', days: -1 })).certificatePem,
          ],
        },
      },
    })
    expect(await run('check', good, unsure)).toEqual({
      code: 0,
      error: '',
      text: [
        `${good}: good: North`,
        `${unsure}: good: South`,
        `  note: no certificate is agreed on for ${origin}: the first operator will be asked to compare it`,
        '  note: there is trust for https://old.example, which the site does not use',
        '  note: a certificate under "ca" for https://old.example is no authority’s: pin it instead',
        '  note: an authority for https://old.example has expired',
        '',
      ].join('\n'),
    })
  })

  it('names what is wrong in each, repeats no secret, and ends with 1', async () => {
    const bad = file('a', { ...profileOf(north, 'North'), gateway: ['http://hunter2.example'] })
    const secret = file('b', { ...profileOf(south, 'South'), password: 'hunter2' })
    const { code, text, error } = await run('check', bad, secret, '/nowhere.json')
    expect({ code, error, lines: text.trim().split('\n') }).toEqual({
      code: 1,
      error: '',
      lines: [
        `${bad}: NOT usable: gateway > 0: must be https://host or https://host:port`,
        `${secret}: NOT usable: holds a key named like a secret; profiles must not`,
        '/nowhere.json: NOT usable: it is not there',
      ],
    })
  })

  it('compares several with each other', async () => {
    const one = file('a', profileOf(north, 'North', pinnedTo(pin)))
    const other = file('b', profileOf(south, 'South', pinnedTo(otherPin)))
    const twin = file('c', profileOf(north, 'Twin'))
    const { code, text } = await run('check', one, other, twin)
    expect(code).toBe(1)
    expect(text).toContain(`  note: ${one} trusts ${origin} in another way`)
    expect(text).toContain(`${twin}: NOT usable beside ${one}: it has the same id`)
  })
})

describe('looking at a server', () => {
  it('shows its certificate and what to put into the profile, and sends it nothing', async () => {
    const simulator = await startSimulator({ media: null, special: false })
    const { code, text } = await run('probe', simulator.gateway)
    const groups = simulator.sha256.match(/.{4}/g)!
    expect(code).toBe(0)
    expect(text).toContain(`  ${groups.slice(0, 8).join(' ')}\n  ${groups.slice(8).join(' ')}\n`)
    expect(text).toMatch(/Signed by {4}itself/)
    const snippet = JSON.parse(`{${text.slice(text.indexOf('"trust"'))}}`) as { trust: object }
    const profile = file('n', { ...profileOf(north, 'North'), gateway: [simulator.gateway], ...snippet })
    expect(await run('check', profile)).toEqual({ code: 0, error: '', text: `${profile}: good: North\n` })
    expect([simulator.state().applicationBytes, simulator.state().loginsTried]).toEqual([0, 0])
    await simulator.stop()
  })

  it('says why where nobody answers, and repeats no address that is none', async () => {
    expect(await run('probe', 'https://127.0.0.1:1')).toEqual({
      code: 1,
      error: '',
      text: 'The server does not answer: nothing listens at this port.\n',
    })
    const { code, text } = await run('probe', 'https://root:hunter2@vms.example')
    expect([code, text.includes('hunter2')]).toEqual([2, false])
  })
})

it.each([[[]], [['check']], [['probe']], [['probe', 'https://a.example', 'https://b.example']], [['chekc', 'x']]])(
  'says how it is used where it is not understood: %j',
  async (words) => {
    const { code, text } = await run(...words)
    expect([code, text]).toEqual([2, expect.stringContaining('Usage:')])
  },
)
