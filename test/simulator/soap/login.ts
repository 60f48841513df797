import { sevenDigits } from '../config/dates.ts'
import type { Call } from '../http/call.ts'
import { html, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { Users } from '../identity/users.ts'
import type { Ledger } from '../ledger.ts'
import { askedIn, wcfReply, wrongType } from './envelope.ts'
import { TOKEN_LIFE_US, type SoapTokens } from './tokens.ts'
import type { XmlContent } from './write-xml.ts'
import { childOf, type XmlElement } from './xml.ts'

/** The management server's command service (xprotect-api.md 10.2). [V REAL] */
const COMMANDS = 'http://videoos.net/2/XProtectCSServerCommand'

export interface LoginDeps {
  users: Users
  soapTokens: SoapTokens
  ledger: Ledger
}

/**
 * Two doors to one service: HTTP Basic with a basic user's name [V REAL], and a Bearer token, so that nobody needs to
 * keep the password [V PROTO].
 */
export const loginRoutes = (deps: LoginDeps): Route[] => [
  {
    method: 'POST',
    path: '/ManagementServer/ServerCommandService.svc',
    auth: 'none',
    answer: (call) => withBasic(deps, call),
  },
  {
    method: 'POST',
    path: '/ManagementServer/ServerCommandServiceOAuth.svc',
    auth: 'bearer',
    answer: (call) => answer(deps, call),
  },
]

/** Basic users alone [V REAL]; a Windows user's password [?] and a locked account [?] are refused as a wrong one is. */
function withBasic(deps: LoginDeps, call: Call): Reply {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(call.headers.authorization ?? '') ?? []
  if (encoded === undefined) return challenge()
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':')
  deps.ledger.loginsTried++
  const verdict = deps.users.check(name, rest.join(':'), false)
  if ('refused' in verdict) return challenge()
  deps.ledger.loginsGranted++
  return answer(deps, { ...call, user: verdict.user.name })
}

function challenge(): Reply {
  const page = html(401, 'Unauthorized: Access is denied due to invalid credentials.', 'Sign in.')
  return { ...page, headers: { ...page.headers, 'www-authenticate': 'Basic realm=""' } }
}

/** WCF's action has the contract's name before the method's. [V REAL] */
const actionOf = ({ namespace, name }: XmlElement): string => `${namespace}/IServerCommandService/${name}`

function answer(deps: LoginDeps, call: Call): Reply {
  const asked = askedIn(call, actionOf)
  if ('wrongType' in asked) return wrongType()
  if ('unreadable' in asked) return fault('a:ActionNotSupported', asked.unreadable)
  const { namespace, name } = asked.method
  if (namespace !== COMMANDS) return fault('a:ActionNotSupported', `No method ${name} in ${namespace}`)
  if (name !== 'Login') return fault('s:Server', `The simulator does not play ${name}`)
  const instanceId = childOf(asked.method, COMMANDS, 'instanceId')
  if (!instanceId || !GUID.test(instanceId.text.trim())) {
    return fault('a:DeserializationFailed', 'The value of instanceId cannot be parsed as a Guid.') // [?] the words
  }
  const { text, issuedAtMs } = deps.soapTokens.issue(call.user)
  return wcfReply(200, {
    LoginResponse: {
      '@xmlns': COMMANDS,
      LoginResult: {
        '@xmlns:i': 'http://www.w3.org/2001/XMLSchema-instance',
        RegistrationTime: sevenDigits(issuedAtMs),
        TimeToLive: { MicroSeconds: String(TOKEN_LIFE_US) },
        TimeToLiveLimited: 'false',
        Token: text,
      },
    },
  })
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** WCF's own faults. [?] which codes this service has; the shape is WCF's everywhere */
function fault(code: string, words: string): Reply {
  const content: XmlContent = { 's:Fault': { faultcode: code, faultstring: words } }
  return wcfReply(500, content)
}
