/** Words of what is heard. */
export const sound = {
  listen: 'Listen to this camera',
  mute: 'Stop listening',
  heard: 'Listening',
  waiting: 'Waiting for sound',
  none: 'The server sent no sound.',
  noMicrophone: 'This camera has no microphone.',
  paused: 'No sound while paused',
  speed: 'No sound at {speed}×',
  volume: 'Volume {percent} %',
}
