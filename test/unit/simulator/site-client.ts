import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf, type Answer, type Client } from './client.ts'

/** A simulator without media and a client of it that is signed in, for tests of the REST services. */
export class SiteClient {
  readonly simulator: Simulator
  readonly client: Client
  readonly token: string

  private constructor(simulator: Simulator, client: Client, token: string) {
    this.simulator = simulator
    this.client = client
    this.token = token
  }

  static async start(wish: Partial<SimulatorOptions> = {}): Promise<SiteClient> {
    const simulator = await startSimulator({ media: null, keyType: 'ec', ...wish })
    const client = clientOf(simulator)
    return new SiteClient(simulator, client, await client.token())
  }

  ask(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    return this.askAs(this.token, method, path, body)
  }

  askAs(token: string, method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown) {
    return this.client.ask(method, `/api/rest/v1/${path}`, { token, ...(body !== undefined && { body }) })
  }

  async tokenOf(username: string): Promise<string> {
    return String((await this.client.signIn({ username })).json()['access_token'])
  }

  async list(path: string): Promise<Record<string, unknown>[]> {
    return (await this.ask('GET', path)).json()['array'] as Record<string, unknown>[]
  }

  async idOf(path: string, name: string): Promise<string> {
    return String((await this.list(`${path}?name='${encodeURIComponent(name)}'`))[0]!['id'])
  }

  camera(number: number): string {
    return this.simulator.site.cameras[number - 1]!.id
  }

  async stop(): Promise<void> {
    await this.client.close()
    await this.simulator.stop()
  }
}

/** Status, property and words of a refusal. */
export function refusalOf({ status, json }: Answer): unknown[] {
  const { error } = json() as { error: { details: { errorText: string; property?: string }[] } }
  const { errorText, property } = error.details[0]!
  return property === undefined ? [status, errorText] : [status, errorText, property]
}
