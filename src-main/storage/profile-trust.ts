import { z } from 'zod'
import { Pem, Pin } from './profile-fields.ts'

const ByPin = z
  .strictObject({
    mode: z.literal('pin').describe('How the server is recognised.'),
    pins: z.array(Pin).min(1).max(8).describe('SHA-256 of the server’s certificate, 64 hexadecimal digits.'),
    next: z
      .array(Pin)
      .max(8)
      .describe(
        'Announced for a planned change of certificate: accepted when first seen, without anybody at the computer.',
      )
      .optional(),
    allowExpired: z.boolean().describe('Accept the pinned certificate also after its last day.').optional(),
    replaced: z
      .array(z.strictObject({ pin: Pin, until: z.iso.datetime().describe('In UTC, ending in Z.') }))
      .max(8)
      .describe('Written by the program: pins a successor has taken over from, and until when they still count.')
      .optional(),
  })
  .describe('The server shows exactly this certificate. The usual way, also for self-signed ones.')

const ByAuthority = z
  .strictObject({
    mode: z.literal('ca').describe('How the server is recognised.'),
    ca: z.array(Pem).min(1).max(16).describe('Certificates of authorities in PEM, one in each text.'),
  })
  .describe('A certificate for the server’s name, signed by one of these authorities and no other.')

const BySystem = z
  .strictObject({ mode: z.literal('system').describe('How the server is recognised.') })
  .describe('A certificate for the server’s name that this computer’s own list of authorities accepts.')

/** How one address proves what it is. */
export const Trust = z.discriminatedUnion('mode', [ByPin, ByAuthority, BySystem])
export type OriginTrust = z.infer<typeof Trust>
