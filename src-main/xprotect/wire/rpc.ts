import { z } from 'zod'

/** One message on the signalling socket: JSON-RPC 2.0, or `ApiVersion` 1.0 before 2025 R2 (xprotect-api.md 3.3 [V]). */
export const RpcMessage = z.object({
  id: z
    .union([z.string().max(64), z.number()])
    .nullish()
    .catch(undefined),
  method: z.string().max(64).optional().catch(undefined),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
})
export type RpcMessage = z.infer<typeof RpcMessage>

export type RpcId = string | number

/** Error member (JSON-RPC 2.0 section 5.1); which codes XProtect uses is not known [?]. */
export const RpcError = z
  .object({ code: z.number().int().catch(0), message: z.string().catch('') })
  .catch({ code: 0, message: '' })
