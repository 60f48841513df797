import { z } from 'zod'
import { Guid, Words } from './tolerant.ts'

/** One of `GET /sites` (xprotect-api.md 9.2 [V REAL]): the server itself. */
export const SiteWire = z.object({
  version: z.string().min(1).max(40),
  /** The site above this one in a federation; empty where there is none. */
  masterSiteAddress: Words,
  /** A Windows name, as in `W. Europe Standard Time`. */
  timeZone: Words,
})

/** One of `GET /licenseInformations` (xprotect-api.md 9.2 [V CFG]): the way to learn the edition. */
export const LicenseWire = z.object({ displayName: Words, sku: Words })

/** One of `GET /outputs` (xprotect-api.md 9.2 [V CFG]). */
export const OutputWire = z.object({ id: Guid })

/** `?tasks&noData` of one object (xprotect-api.md 5 [V CFG]). */
export const TaskList = z
  .object({ tasks: z.array(z.object({ id: z.string().min(1).max(100) })).max(200) })
  .transform(({ tasks }) => tasks.map(({ id }) => id))

/** Bits up to 2^64. A number beyond 2^53 has lost its last ones on the way and says nothing. */
const Mask = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform((bits) => BigInt(bits))

/** `GET /securityNamespaces/{id}` [V PROTO SecurityPermission]. */
export const NamespaceWire = z
  .object({
    data: z.object({ securityActions: z.array(z.object({ name: z.string().max(100), securityMask: Mask })).max(200) }),
  })
  .transform(({ data }) => data.securityActions)

/** `GET /effectivePermissions/{namespaceId}` [V PROTO SecurityPermission]. An administrator's list is empty; items still unread. */
export const PermissionsWire = z
  .object({
    data: z.object({
      isAdministrator: z.boolean(),
      objectPermissions: z.array(z.unknown()).default([]),
    }),
  })
  .transform(({ data }) => data)

/** Some of its `objectPermissions`: there is one of each camera. */
export const PermissionList = z.array(z.object({ id: Guid, mask: Mask }))

/** One of `GET /childSites`. Names are [V CFG]; the specification has no address, the names tried are assumed [?]. */
export const ChildSiteWire = z.object({
  id: Guid,
  name: Words,
  displayName: Words,
  address: Words,
  uri: Words,
  hostName: Words,
})
