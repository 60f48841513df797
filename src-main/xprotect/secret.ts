/** A secret that can be wiped from memory, as a string cannot. `reveal` makes a string: keep it for one line. */
export class Secret {
  readonly #bytes: Buffer

  constructor(text: string) {
    this.#bytes = Buffer.from(text)
  }

  reveal(): string {
    return this.#bytes.toString()
  }

  is(text: string): boolean {
    return this.#bytes.equals(Buffer.from(text))
  }

  /** Nothing of it is left in this object; what `reveal` gave out is not ours to wipe. */
  wipe(): void {
    this.#bytes.fill(0)
  }
}
