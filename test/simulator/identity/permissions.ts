import { SITE_MADE } from '../config/dates.ts'
import type { ConfigObject } from '../config/object.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import type { Call } from '../http/call.ts'
import type { Route } from '../http/routes.ts'
import { securityNamespaces, type Rights } from './rights.ts'

/** `/securityNamespaces`, 2024 R2 and later. [V PROTO] the fields but the last, which every object has */
export const securityNamespaceObjects = (): ConfigObject[] =>
  securityNamespaces.map(({ id, name, displayName, resourceType, actions }) => ({
    type: 'securityNamespaces',
    id,
    enabled: true,
    fields: {
      displayName,
      id,
      name,
      resourceType,
      userDefined: false,
      securityActions: actions.map((action) => ({ ...action, visible: true })),
      lastModified: SITE_MADE,
    },
  }))

/** `/effectivePermissions/{namespaceId}[?objectIds=a,b]`, 2024 R2 and later (xprotect-api.md 9.3). [V PROTO] */
export const permissionRoutes = (idsOf: (resourceType: string) => string[], rights: Rights): Route[] => [
  {
    method: 'GET',
    path: '/api/rest/v1/effectivepermissions/:id',
    auth: 'bearer',
    answer: (call) => permissions(idsOf, rights, call),
  },
]

function permissions(idsOf: (resourceType: string) => string[], rights: Rights, call: Call): Reply {
  const id = call.params['id']!.toLowerCase()
  const namespace = securityNamespaces.find((candidate) => candidate.id === id)
  if (!namespace) return refusal(404, 'Not Found, the requested id does not exist')
  // [V PROTO] an administrator's list is empty and means everything.
  if (rights.isAdministrator(call.user)) {
    return wide(200, { data: { id, isAdministrator: true, objectPermissions: [] } })
  }
  const known = idsOf(namespace.resourceType)
  const asked = call.query.get('objectids')?.toLowerCase().split(',')
  const wanted = asked ? new Set(asked) : undefined
  const ids = known.filter((candidate) => wanted?.has(candidate) ?? true)
  return wide(200, {
    data: { id, isAdministrator: false, objectPermissions: rights.masks(call.user, namespace, ids) },
  })
}
