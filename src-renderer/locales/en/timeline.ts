/** Words of the timeline. */
export const timeline = {
  label: 'Timeline',
  events: 'Events',
  legend: 'Legend',

  parts: {
    recording: 'Recorded',
    motion: 'Recorded, with motion',
    manual: 'Started by hand',
    gap: 'Nothing recorded',
    unknown: 'Not known',
    future: 'Not yet',
    bookmark: 'Bookmark',
    lock: 'Evidence lock',
    alarm: 'Alarm',
    event: 'Event',
  },

  says: {
    recorder: 'As the recording servers say.',
    heard: 'Only what this client has seen.',
    both: 'Of some cameras only what this client has seen.',
    nobody: 'Nobody says yet what is recorded.',
  },
  steps: 'Shown in steps of {length}',
  noMotion: 'Where motion was is not known.',
  bookmarks: {
    told: 'Bookmarks as the servers have them, looked at anew every minute.',
    cut: 'There are more bookmarks than are drawn: look at less time.',
    reading: 'Bookmarks are being asked for.',
    failed: 'Which bookmarks there are the server does not say; it is asked again.',
    cannot: 'Bookmarks cannot be read with this server or user.',
  },
  locks: {
    told: 'Evidence locks as the servers have them, over the whole hours they protect.',
    cut: 'There are more evidence locks than are drawn: look at less time.',
    reading: 'Evidence locks are being asked for.',
    failed: 'Which evidence locks there are the server does not say; it is asked again.',
    cannot: 'Evidence locks cannot be read with this server or user.',
  },
  byHand: 'Started by hand: only what was started here; no server says it of others.',
  eventsSince:
    'Events: only what this client has heard since {time}: recordings that begin and end, and servers that are away.',
  heard: {
    began: 'Recording began',
    beganHere: 'Recording began, asked for here',
    ended: 'Recording ended',
    serverLost: 'The server could not be reached',
    serverBack: 'The server was back',
  },
  lockBand: 'Evidence lock {name}',
  keptUntil: 'kept until {day}',
  keptUntilUnlocked: 'kept until it is unlocked',
  keptNotSaid: 'its end is not said',
  ownZone: 'The site does not say its time zone: times are this computer’s.',

  picture: {
    looking: 'Looking for a picture',
    none: 'Nothing is recorded up to here',
    earlier: '{length} earlier',
    notPinned: 'No certificate has been agreed on for its recording server',
  },

  day: 'The whole day; click to go there',
  calendar: {
    open: 'Days',
    title: 'Days with recordings',
    previous: 'Previous month',
    next: 'Next month',
    recorded: '{day}, recorded',
    empty: '{day}, nothing recorded',
    notKnown: '{day}, not known',
  },
}
