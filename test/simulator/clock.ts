/** The server's own clock: this machine's, set wrong by so much. Certificates and pictures know nothing of it. */
export class ServerClock {
  /** How far ahead it is, in milliseconds; a change is a step, as time synchronisation makes one. */
  offsetMs: number

  constructor(offsetMs = 0) {
    this.offsetMs = offsetMs
  }

  now = (): number => Date.now() + this.offsetMs
}
