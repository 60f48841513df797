import { z } from 'zod'

/** Things done once, at once. */
export const Action = z.discriminatedUnion('do', [
  /** Ends one session, those of one camera (guid, name or number), or all. */
  z.strictObject({
    do: z.literal('drop-sessions'),
    session: z.string().optional(),
    camera: z.union([z.string(), z.number()]).optional(),
  }),
  /** Cuts the sockets of one kind or all, without a closing handshake, as a recycled IIS pool does. */
  z.strictObject({ do: z.literal('cut-websockets'), which: z.enum(['events', 'webrtc']).optional() }),
  /** Access tokens are refused from now on; with `refreshToo` a new sign-in is needed. */
  z.strictObject({ do: z.literal('expire-tokens'), refreshToo: z.boolean().default(false) }),
  z.strictObject({ do: z.literal('lock-users') }),
  z.strictObject({ do: z.literal('unlock-users') }),
  /** A new key and certificate for both ports, from the next handshake on; `cutConnections` ends those that are open. */
  z.strictObject({ do: z.literal('swap-certificate'), cutConnections: z.boolean().default(false) }),
  z.strictObject({ do: z.literal('restore-certificate'), cutConnections: z.boolean().default(false) }),
  /** Both ports are closed and all connections and sessions are gone; `start` brings back the same ports. */
  z.strictObject({ do: z.literal('stop') }),
  z.strictObject({ do: z.literal('start') }),
  /** An event of the site itself, any type by name or guid. Without a camera it comes from no device. */
  z.strictObject({
    do: z.literal('fire-event'),
    type: z.string(),
    camera: z.union([z.string(), z.number()]).optional(),
  }),
])

export type Action = z.output<typeof Action>
export type ActionWish = z.input<typeof Action>
