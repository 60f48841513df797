import { compact } from './http/reply.ts'
import type { Route } from './http/routes.ts'

interface DiscoveryDeps {
  productVersion: string
  /** The host that has the identity provider. */
  managementServer: () => string
  gateways: () => string[]
}

/** Service discovery, without a token (xprotect-api.md 1.1). Every gateway says the same. [V CFG, APPC] */
export const discoveryRoutes = ({ productVersion, managementServer, gateways }: DiscoveryDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/.well-known/uris',
    auth: 'none',
    answer: () =>
      compact(200, {
        ProductVersion: productVersion,
        UnsecureManagementServer: `${managementServer().replace(/^https/, 'http')}/`,
        SecureManagementServer: `${managementServer()}/`,
        IdentityProvider: `${managementServer()}/IDP`,
        ApiGateways: gateways().map((origin) => `${origin}/API/`),
      }),
  },
]
