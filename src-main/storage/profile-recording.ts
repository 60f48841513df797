import { z } from 'zod'
import { CameraGuid, Line } from './profile-fields.ts'

const cameras = z
  .array(CameraGuid)
  .min(1)
  .max(1000)
  .describe('For these cameras; left out, for all that no other entry names.')
  .optional()

const Output = z
  .string()
  .max(36)
  .toLowerCase()
  .pipe(z.guid())
  .meta({ id: 'output', description: 'The guid of an output.' })

/** What an administrator prepared on the server for recordings by hand, where recorders are not asked themselves. */
export const RecordingWays = z
  .strictObject({
    events: z
      .array(
        z.strictObject({
          cameras,
          start: Line.describe('Guid or name of the user-defined event whose rule starts the recording.'),
          stop: Line.describe('Guid or name of the user-defined event whose rule stops it.'),
          form: z
            .enum(['type', 'customer'])
            .describe(
              'type sends {"type"}, as documented. customer sends eventType, deviceId and eventData. Usual: type.',
            )
            .optional(),
        }),
      )
      .max(256)
      .describe('Pairs of user-defined events.')
      .optional(),
    outputs: z
      .array(
        z.strictObject({
          cameras,
          start: Output.describe('The output that is activated to start and deactivated to stop.'),
          stop: Output.describe(
            'Where another output stops the recording: then each of the two is triggered.',
          ).optional(),
        }),
      )
      .max(256)
      .describe('Outputs, alone or in pairs.')
      .optional(),
  })
  .describe('Events and outputs whose rules start and stop recordings, for recording.method event, output and auto.')
