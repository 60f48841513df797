import { z } from 'zod'
import { actionNames } from '../identity/rights.ts'

/** A port of the site: `gateway`, `gateway-2` and so on, `recorder`, `idp`. */
const Port = z.string().min(1)
/** A host with a certificate of its own: as a port, but the recorder shows the first gateway's. */
const Host = z.string().min(1).default('gateway')
const cutConnections = z.boolean().default(false)

/** A camera by guid, name or number. */
const Camera = z.union([z.string().min(1), z.number().int().positive()])

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
  /** Access tokens are refused from now on; with `refreshToo` a new sign-in is needed. SOAP tokens go with `soapToo`. */
  z.strictObject({
    do: z.literal('expire-tokens'),
    refreshToo: z.boolean().default(false),
    soapToo: z.boolean().default(false),
  }),
  z.strictObject({ do: z.literal('lock-users') }),
  z.strictObject({ do: z.literal('unlock-users') }),
  /**
   * A new key and certificate from the next handshake on; `cutConnections` ends what is open. `issuer` `same` is the
   * site's usual, `self` signs itself, `other-ca` is an authority nobody knows that has the same name.
   */
  z.strictObject({
    do: z.literal('swap-certificate'),
    which: Host,
    cutConnections,
    issuer: z.enum(['same', 'self', 'other-ca']).default('same'),
    names: z.array(z.string().min(1)).min(1).optional(),
    days: z.number().optional(),
  }),
  z.strictObject({ do: z.literal('restore-certificate'), which: Host, cutConnections }),
  /** Makes the certificate `rotate` will bring and tells its fingerprint; nobody sees it before that. */
  z.strictObject({ do: z.literal('announce-certificate'), which: Host, days: z.number().optional() }),
  z.strictObject({ do: z.literal('rotate'), which: Host, cutConnections }),
  /**
   * All ports are closed, all connections and sessions are gone, or those of one port; `start` brings back the same
   * ports. An `idp` on the first gateway's host only stops answering there (503).
   */
  z.strictObject({ do: z.literal('stop'), which: Port.optional() }),
  z.strictObject({ do: z.literal('start'), which: Port.optional() }),
  /** A step of the server's clock: from now on it is so far ahead of this machine's. */
  z.strictObject({ do: z.literal('set-clock'), offsetSeconds: z.number() }),
  /** From the next call on, for tokens given before too. */
  z.strictObject({
    do: z.literal('set-role'),
    user: z.string(),
    role: z.enum(['administrator', 'operator', 'viewer']),
  }),
  /** Takes one right from a user who is no administrator, everywhere or on one camera; `allow` gives it back. */
  z.strictObject({ do: z.literal('deny'), user: z.string(), right: z.enum(actionNames), camera: Camera.optional() }),
  z.strictObject({ do: z.literal('allow'), user: z.string(), right: z.enum(actionNames), camera: Camera.optional() }),
  /** What somebody else's client does: it starts a manual recording, for so long, or stops the one there is. */
  z.strictObject({
    do: z.literal('start-recording'),
    camera: Camera,
    user: z.string().default('CONTROL\\colleague'),
    seconds: z.number().positive().optional(),
  }),
  z.strictObject({
    do: z.literal('stop-recording'),
    camera: Camera,
    user: z.string().default('CONTROL\\colleague'),
  }),
  /** From now on exactly this is what the camera recorded by its schedule; manual recordings come on top. */
  z.strictObject({
    do: z.literal('set-recorded'),
    camera: Camera,
    spans: z.array(z.strictObject({ begin: z.iso.datetime(), end: z.iso.datetime() })),
  }),
  /** An administrator changes a camera's record tab; what is not named stays. */
  z.strictObject({
    do: z.literal('set-recording-options'),
    camera: Camera,
    options: z.strictObject({
      recordingEnabled: z.boolean().optional(),
      prebufferEnabled: z.boolean().optional(),
      prebufferSeconds: z.number().int().nonnegative().optional(),
      manualRecordingTimeoutEnabled: z.boolean().optional(),
      manualRecordingTimeoutMinutes: z.number().int().positive().optional(),
    }),
  }),
  /** An alarm, now or at a moment; in ms it is kept as it is said. State and priority by name: New and High without. */
  z.strictObject({
    do: z.literal('raise-alarm'),
    name: z.string().min(1),
    message: z.string().default(''),
    camera: Camera.optional(),
    at: z.iso.datetime().optional(),
    state: z.string().optional(),
    priority: z.string().optional(),
  }),
  /** An event of the site itself, any type by name or guid. Without a camera it comes from no device. */
  z.strictObject({
    do: z.literal('fire-event'),
    type: z.string(),
    camera: z.union([z.string(), z.number()]).optional(),
  }),
])

export type Action = z.output<typeof Action>
export type ActionWish = z.input<typeof Action>
