/** Words of the timeline. */
export const timeline = {
  label: 'Timeline',
  events: 'Alarms, events',
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
  ownZone: 'The site does not say its time zone: times are this computer’s.',

  picture: {
    looking: 'Looking for a picture',
    none: 'Nothing is recorded up to here',
    earlier: '{length} earlier',
    notPinned: 'No certificate has been agreed on for its recording server',
  },

  day: 'The whole day; click to go there',
  calendar: {
    previous: 'Previous month',
    next: 'Next month',
    recorded: '{day}, recorded',
    empty: '{day}, nothing recorded',
    notKnown: '{day}, not known',
  },
}
