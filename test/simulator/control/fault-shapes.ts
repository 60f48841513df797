import { z } from 'zod'

/** A camera by guid, by name or by number; `*` is every camera. */
const Cameras = z.union([z.string().min(1), z.number().int().positive()]).default('*')

/** What a refused path answers with. */
const Answer = z.strictObject({
  status: z.number().int().min(100).max(599).default(503),
  /**
   * `json` is the configuration service's refusal, `truncated-json` the first half of the true answer, `huge` is
   * `bytes` of JSON, `own` what `text` says; `hang` never answers, `reset` cuts the connection.
   */
  body: z.enum(['html', 'json', 'text', 'empty', 'truncated-json', 'huge', 'own', 'hang', 'reset']).default('html'),
  text: z.string().optional(),
  bytes: z
    .number()
    .int()
    .positive()
    .default(64 << 20),
  /** Sent as it is, also where it makes no sense: `"3600"`, `"-1"`, `"abc"`. */
  retryAfter: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
})

/** Faults that stay until they are taken back, or until they have happened `times` times. */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('path'),
    /** A glob over the path without query, case ignored: `*` is anything, slashes too. */
    path: z.string().min(1),
    method: z.string().optional(),
    /** Only at this port: `gateway`, `gateway-2`, `idp`, `recorder`; everywhere without it. */
    at: z.string().optional(),
    /** Only this task (`?task=`) or SOAP method, case ignored: `Activate`, `StartManualRecording`. */
    command: z.string().min(1).optional(),
    times: z.number().int().positive().optional(),
    /** Waits before anything is done. */
    delayMs: z.number().int().nonnegative().default(0),
    /** Does at once what was asked, and waits with the true answer. */
    replyDelayMs: z.number().int().nonnegative().default(0),
    /** Cuts the connection without a byte of answer: `before` what was asked is done, or `after` it. */
    lost: z.enum(['before', 'after']).optional(),
    answer: Answer.optional(),
    /** Gives the true answer and cuts the connection after so many bytes of its body. */
    cutAfterBytes: z.number().int().nonnegative().optional(),
    /** Gives the true answer and lets the bytes drip, so many in a second. */
    bytesPerSecond: z.number().int().positive().optional(),
    /** With `cutAfterBytes`: the whole server goes away with the connection, or the port named by `at`. */
    thenStop: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('freeze'), camera: Cameras }),
  z.strictObject({ kind: z.literal('ice-never'), camera: Cameras }),
  z.strictObject({ kind: z.literal('h265-only'), camera: Cameras }),
  z.strictObject({ kind: z.literal('loss'), camera: Cameras, percent: z.number().min(0).max(100) }),
  z.strictObject({
    kind: z.literal('refuse-session'),
    camera: Cameras,
    status: z.number().int().min(400).max(599).default(400),
    text: z.string().default('Session cannot be initiated'),
    /** `playback`: live sessions are given. */
    only: z.enum(['playback']).optional(),
    times: z.number().int().positive().optional(),
  }),
  /** A recording's first picture comes only after so long, while the connection lives: the server looks for it. */
  z.strictObject({ kind: z.literal('slow-seek'), camera: Cameras, delayMs: z.number().int().positive() }),
  /** A recording's pictures stop after so many, while the connection lives. */
  z.strictObject({ kind: z.literal('playback-stops'), camera: Cameras, afterPictures: z.number().int().nonnegative() }),
  /** A session more than so many at once is refused with 400 (xprotect-api.md 3.8, the intermittent 400). */
  z.strictObject({ kind: z.literal('session-limit'), sessions: z.number().int().nonnegative() }),
  /** The event server is away, and with it events and alarms over REST; the gateway says so in this way. */
  z.strictObject({ kind: z.literal('event-server'), status: z.union([z.literal(502), z.literal(503)]).default(503) }),
  /** What the `Date` header of every answer is instead of the server's time. */
  z.strictObject({ kind: z.literal('date'), how: z.enum(['missing', 'garbage', 'year-1']) }),
  /** One item of every camera list is broken in the way named. */
  z.strictObject({
    kind: z.literal('bad-camera'),
    camera: Cameras.default(1),
    how: z.enum(['no-id', 'null', 'wrong-types', 'bad-guid', 'nested']).default('wrong-types'),
  }),
  /** The camera is called something else in every list: markup, control characters, or `repeat` times the text. */
  z.strictObject({
    kind: z.literal('camera-name'),
    camera: Cameras.default(1),
    name: z.string(),
    repeat: z.number().int().positive().default(1),
  }),
])

export type Fault = z.output<typeof Fault>
export type FaultWish = z.input<typeof Fault>
export type PathFault = Extract<Fault, { kind: 'path' }>
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>
