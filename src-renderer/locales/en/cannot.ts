import type { Cannot } from '../../../src-preload/contract/may-do.ts'

/** Why a button cannot work, beside the button. */
export const cannot: Record<Cannot, string> = {
  edition: 'The licence of this server does not include it.',
  version: 'This server is too old for it.',
  permission: 'Your user does not have the permission for it.',
  noPtz: 'This camera cannot be moved.',
  recordingOff: 'Recording is switched off for this camera.',
}
