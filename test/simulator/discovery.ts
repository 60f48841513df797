import { compact } from './http/reply.ts'
import type { Route } from './http/routes.ts'

/** Service discovery, without a token (xprotect-api.md 1.1). [V CFG, APPC] */
export const discoveryRoutes = (productVersion: string): Route[] => [
  {
    method: 'GET',
    path: '/api/.well-known/uris',
    auth: 'none',
    answer: ({ origin }) =>
      compact(200, {
        ProductVersion: productVersion,
        UnsecureManagementServer: `${origin.replace(/^https/, 'http')}/`,
        SecureManagementServer: `${origin}/`,
        IdentityProvider: `${origin}/IDP`,
        ApiGateways: [`${origin}/API/`],
      }),
  },
]
