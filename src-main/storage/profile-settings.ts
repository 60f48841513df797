import { z } from 'zod'
import { defaultSettings } from '../../src-preload/contract/default-settings.ts'
import type { SiteSettings } from '../../src-preload/contract/models/profile.ts'

export const SignIn = z
  .strictObject({
    kind: z
      .enum(['basic', 'windows'])
      .describe('A basic user of the server, or a Windows user. Usual: basic.')
      .optional(),
    client: z
      .enum(['VmsClient', 'GrantValidatorClient'])
      .describe('The name tokens are asked for under. VmsClient gives tokens that can be renewed without the password.')
      .optional(),
  })
  .describe('How operators sign in.')

const seconds = (what: string) => z.int().min(1).max(86_400).describe(`${what}, in seconds.`).optional()

export const Recording = z
  .strictObject({
    method: z
      .enum(['auto', 'event', 'output', 'recorder'])
      .describe('How the server is asked to record. Usual: auto, the first way that works.')
      .optional(),
    defaultSeconds: seconds('How long a recording lasts where nobody says otherwise (900)'),
    minSeconds: seconds('The shortest recording (60)'),
    maxSeconds: seconds('The longest recording (7200)'),
    bookmarkAtEnd: z
      .enum(['offer', 'make'])
      .describe('A bookmark for the span of a recording, at its end: offered to the operator, or made. Usual: offer.')
      .optional(),
  })
  .refine((given) => {
    const { minSeconds, defaultSeconds, maxSeconds } = recordingOf(given)
    return minSeconds <= defaultSeconds && defaultSeconds <= maxSeconds
  }, 'the usual length must lie between the shortest and the longest (unsaid: 60, 900 and 7200 seconds)')
  .describe('Recording by hand.')

export const Policy = z
  .strictObject({
    operatorsMayAddSites: z
      .boolean()
      .describe(
        'In a profile for the whole computer, false forbids operators to add, change and remove sites. Usual: true.',
      )
      .optional(),
    staySignedIn: z
      .enum(['allowed', 'never'])
      .describe('Whether operators may let this computer remember their sign-in. Usual: allowed.')
      .optional(),
  })
  .describe('What operators may do.')

interface Said {
  signIn?: z.infer<typeof SignIn> | undefined
  recording?: z.infer<typeof Recording> | undefined
  policy?: z.infer<typeof Policy> | undefined
}

/** What a profile says of signing in, recording and permissions, with the usual value where it says nothing. */
export const settingsOf = ({ signIn, recording, policy }: Said): SiteSettings => ({
  signIn: {
    kind: signIn?.kind ?? defaultSettings.signIn.kind,
    client: signIn?.client ?? defaultSettings.signIn.client,
  },
  recording: recordingOf(recording ?? {}),
  policy: {
    operatorsMayAddSites: policy?.operatorsMayAddSites ?? defaultSettings.policy.operatorsMayAddSites,
    staySignedIn: policy?.staySignedIn ?? defaultSettings.policy.staySignedIn,
  },
})

function recordingOf(given: z.infer<typeof Recording>): SiteSettings['recording'] {
  const usual = defaultSettings.recording
  return {
    method: given.method ?? usual.method,
    defaultSeconds: given.defaultSeconds ?? usual.defaultSeconds,
    minSeconds: given.minSeconds ?? usual.minSeconds,
    maxSeconds: given.maxSeconds ?? usual.maxSeconds,
    bookmarkAtEnd: given.bookmarkAtEnd ?? usual.bookmarkAtEnd,
  }
}
