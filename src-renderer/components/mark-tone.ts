/** What a state mark can say: by its shape first, by its colour second. */
export type MarkTone = 'on' | 'off' | 'busy' | 'recording' | 'trouble' | 'playback'
