import { z } from 'zod'
import { Guid, Words } from './tolerant.ts'

const Devices = z
  .array(z.object({ type: Words, id: Guid }).nullable().catch(null))
  .catch([])
  .transform((list) => list.flatMap((device) => (device?.type.toLowerCase() === 'microphones' ? [device.id] : [])))

const Settings = z.object({ related: Devices })

/**
 * `GET /cameras/{id}/clientSettings`: ids of the microphones beside a camera. That there is `related` is [V CFG]; whether
 * the settings come alone or as a list of one is not known [?].
 */
export const RelatedAnswer = z.union([
  z.object({ data: Settings }).transform(({ data }) => data.related),
  z
    .object({ array: z.array(Settings.catch({ related: [] })) })
    .transform(({ array }) => [...new Set(array.flatMap(({ related }) => related))]),
])

/** `GET /microphones/{id}`, 200 `{data}`: its name. */
export const MicrophoneAnswer = z
  .object({ data: z.object({ name: Words, displayName: Words }) })
  .transform(({ data }) => data.name || data.displayName)
