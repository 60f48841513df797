/** Words of the frame around every screen. */
export const app = {
  live: 'Live',
  playback: 'Play',
  search: 'Find',
  log: 'Log',
  sites: 'Sites',
  screens: 'Screens',
  status: 'Status',
  dismiss: 'Dismiss',
  notices: 'one notice | {count} notices',
  clockAhead: '{site} clock +{seconds} s',
  clockBehind: '{site} clock −{seconds} s',
  more: 'More',
  highContrast: 'High contrast',
}
