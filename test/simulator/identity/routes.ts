import type { Call } from '../http/call.ts'
import { compact, empty, html, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { Ledger } from '../ledger.ts'
import type { Tokens } from './tokens.ts'
import type { RefusalCode, User, Users } from './users.ts'

export interface IdentityDeps {
  tokens: Tokens
  users: Users
  ledger: Ledger
  productVersion: string
  /** Where the provider itself is: on the first gateway's host, or on one of its own. */
  origin: () => string
  /** `stopped`: its IIS is there and it is not; `unreachable`: its host is gone. */
  provider: () => 'running' | 'stopped' | 'unreachable'
}

/** What the provider says to each refusal. The codes are [V], the sentences [?]. */
const descriptions: Record<RefusalCode, string> = {
  InvalidCredentials: 'Invalid username or password',
  LockedOut: 'The user is locked out',
  ChangePassword: 'The user must change password',
}

/** The provider as every gateway passes it on, at /API/IDP (xprotect-api.md 1.1). */
export const passedOnRoutes = (deps: IdentityDeps): Route[] => routesAt(deps, '/api/idp', true)

/** The provider itself, at /IDP of the management server (xprotect-api.md 1.1, 2). */
export const providerRoutes = (deps: IdentityDeps): Route[] => routesAt(deps, '/idp', false)

function routesAt(deps: IdentityDeps, prefix: string, throughGateway: boolean): Route[] {
  const route = (method: string, path: string, answer: (call: Call) => Reply | Promise<Reply>): Route => ({
    method,
    path: prefix + path,
    auth: 'none',
    answer: (call) => away(deps) ?? answer(call),
  })
  return [
    // [V] which fields samples read; the rest is what every OIDC provider says.
    route('GET', '/.well-known/openid-configuration', () => discovery(deps)),
    route('GET', '/.well-known/openid-configuration/jwks', () => compact(200, { keys: [deps.tokens.publicKey] })),
    route('POST', '/connect/token', (call) => token(deps, call, throughGateway)),
    // RFC 7009: 200 also for a token nobody knows; self-contained access tokens cannot be taken back. [?]
    route('POST', '/connect/revocation', (call) => revoke(deps, call)),
  ]
}

/** An application pool that is stopped is IIS's 503, a host that is gone the gateway's 502. [?] with these pages */
function away({ provider }: IdentityDeps): Reply | undefined {
  const state = provider()
  if (state === 'running') return undefined
  if (state === 'stopped') return html(503, 'Service Unavailable', 'The service is unavailable.')
  return html(502, 'Bad Gateway', 'The web server received an invalid response from another server.')
}

const idpOf = (deps: IdentityDeps): string => `${deps.origin()}/IDP`

function discovery(deps: IdentityDeps): Reply {
  const idp = idpOf(deps)
  return compact(200, {
    issuer: idp,
    jwks_uri: `${idp}/.well-known/openid-configuration/jwks`,
    authorization_endpoint: `${idp}/connect/authorize`,
    token_endpoint: `${idp}/connect/token`,
    revocation_endpoint: `${idp}/connect/revocation`,
    external_providers_uri: `${idp}/api/externalproviders`,
    server_version: deps.productVersion,
    scopes_supported: ['openid', 'profile', 'managementserver', 'offline_access'],
    grant_types_supported: [
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'password',
      'windows_credentials',
    ],
    response_types_supported: ['code'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['plain', 'S256'],
  })
}

async function token(deps: IdentityDeps, call: Call, throughGateway: boolean): Promise<Reply> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(call.headers['content-type'] ?? ''))
    return oauthError('invalid_request')
  const form = new URLSearchParams(call.body.toString())
  const clientId = form.get('client_id') ?? ''
  if (clientId !== 'GrantValidatorClient' && clientId !== 'VmsClient') return oauthError('invalid_client')
  switch (form.get('grant_type') ?? '') {
    case 'password':
      return byPassword(deps, clientId, form, !throughGateway)
    case 'refresh_token':
      return byRefreshToken(deps, clientId, form)
    case 'windows_credentials':
      return byWindows(throughGateway)
    default:
      return oauthError('unsupported_grant_type')
  }
}

/** [V REAL] for GrantValidatorClient, [V PROTO] for VmsClient. */
async function byPassword(
  deps: IdentityDeps,
  clientId: string,
  form: URLSearchParams,
  windowsToo: boolean,
): Promise<Reply> {
  deps.ledger.loginsTried++
  const verdict = deps.users.check(form.get('username') ?? '', form.get('password') ?? '', windowsToo)
  if ('refused' in verdict) {
    return compact(400, {
      error: 'invalid_grant',
      error_description: descriptions[verdict.refused],
      error_code: verdict.refused,
    })
  }
  deps.ledger.loginsGranted++
  return grant(deps, verdict.user, clientId)
}

/** The old refresh token is dead once used. [V PROTO] that a new one comes; the death of the old is assumed. [?] */
async function byRefreshToken(deps: IdentityDeps, clientId: string, form: URLSearchParams): Promise<Reply> {
  deps.ledger.refreshesTried++
  const redeemed = clientId === 'VmsClient' && deps.tokens.redeemRefresh(form.get('refresh_token') ?? '', clientId)
  const user = redeemed && deps.users.find(redeemed.user)
  if (!user) return oauthError('invalid_grant')
  deps.ledger.refreshesGranted++
  return grant(deps, user, clientId)
}

/** The gateway does not pass NTLM on [V PROTO]; the provider itself asks for it, and this one can go no further. */
function byWindows(throughGateway: boolean): Reply {
  if (throughGateway) return oauthError('invalid_grant')
  const page = html(401, 'Unauthorized: Access is denied due to invalid credentials.', 'Sign in with Windows.')
  return { ...page, headers: { ...page.headers, 'www-authenticate': ['Negotiate', 'NTLM'] } }
}

async function grant(deps: IdentityDeps, user: User, clientId: string): Promise<Reply> {
  const access = await deps.tokens.issue(user, clientId, idpOf(deps))
  deps.ledger.tokensIssued++
  const refreshable = clientId === 'VmsClient'
  return noStore(
    compact(200, {
      access_token: access.text,
      expires_in: deps.tokens.ttlSeconds,
      token_type: 'Bearer',
      ...(refreshable && { refresh_token: deps.tokens.issueRefresh(user.name, clientId) }),
      scope: refreshable ? 'managementserver offline_access' : 'managementserver',
    }),
  )
}

function revoke(deps: IdentityDeps, call: Call): Reply {
  deps.tokens.revokeRefresh(new URLSearchParams(call.body.toString()).get('token') ?? '')
  return empty(200)
}

const oauthError = (error: string): Reply => noStore(compact(400, { error }))
const noStore = (reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'cache-control': 'no-store, no-cache, max-age=0' },
})
