import { readXml, type XmlElement } from '../../simulator/soap/xml.ts'
import type { Simulator } from '../../simulator/start.ts'
import { clientOf, type Answer } from './client.ts'

export const COMMANDS = 'http://videoos.net/2/XProtectCSServerCommand'
export const RECORDER = 'http://videoos.net/2/XProtectCSRecorderCommand'
const RECORDER_PATH = '/RecorderCommandService/RecorderCommandService.asmx'

export const envelope = (body: string, namespace = 'http://schemas.xmlsoap.org/soap/envelope/'): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<soap:Envelope xmlns:soap="${namespace}">\n  <soap:Body>${body}</soap:Body>\n</soap:Envelope>`

export const guids = (ids: readonly string[]): string =>
  `<deviceIds xmlns:a="http://microsoft.com/wsdl/types/">${ids.map((id) => `<a:guid>${id}</a:guid>`).join('')}</deviceIds>`

export const post = (
  origin: string,
  simulator: Simulator,
  path: string,
  action: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const client = clientOf({ ...simulator, gateway: origin })
  return client
    .ask('POST', path, {
      body,
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: action, ...headers },
    })
    .finally(() => client.close())
}

const LOGIN = `<Login xmlns="${COMMANDS}"><instanceId>00000000-0000-0000-0000-000000000000</instanceId></Login>`
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** The management server's login by name and password, or at its other door with a Bearer token. */
export function login(simulator: Simulator, wish: { user?: string; bearer?: string; body?: string } = {}) {
  const { user = simulator.user, bearer, body = envelope(LOGIN) } = wish
  const service = bearer === undefined ? 'ServerCommandService' : 'ServerCommandServiceOAuth'
  return post(
    simulator.idp.origin,
    simulator,
    `/ManagementServer/${service}.svc`,
    `${COMMANDS}/IServerCommandService/Login`,
    body,
    { authorization: bearer === undefined ? basic(user, simulator.password) : `Bearer ${bearer}` },
  )
}

export const soapToken = async (simulator: Simulator, user?: string): Promise<string> =>
  textsOf(await login(simulator, user === undefined ? {} : { user }), 'Token')[0]!

/** One method of a recorder. `rest` is what stands after the token. */
export const command = (
  simulator: Simulator,
  method: string,
  token: string,
  rest: string,
  origin = simulator.recorder,
): Promise<Answer> =>
  post(
    origin,
    simulator,
    RECORDER_PATH,
    `"${RECORDER}/${method}"`,
    envelope(`<${method} xmlns="${RECORDER}"><token>${token}</token>${rest}</${method}>`),
  )

/** A request as it stands, with its action. */
export const raw = (simulator: Simulator, action: string, body: string, headers: Record<string, string> = {}) =>
  post(simulator.recorder, simulator, RECORDER_PATH, action, body, headers)

/** The text of every element of that name, in order. */
export function textsOf({ text }: Answer, name: string): string[] {
  const root = readXml(text)
  if (!root) throw new Error(`no XML: ${text}`)
  const under = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(under)]
  return under(root)
    .filter((element) => element.name === name)
    .map((element) => element.text)
}
