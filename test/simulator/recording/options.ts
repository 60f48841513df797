import type { SiteCamera } from '../site/site.ts'

/** What a camera's record tab says, by the names of the configuration (xprotect-api.md 9.2). [V REAL] */
export interface RecordingOptions {
  recordingEnabled: boolean
  prebufferEnabled: boolean
  prebufferSeconds: number
  manualRecordingTimeoutEnabled: boolean
  manualRecordingTimeoutMinutes: number
}

/** The record tabs of all cameras: alike until an administrator changes one. */
export class RecordingTabs {
  readonly #usual: RecordingOptions
  readonly #changed = new Map<string, RecordingOptions>()

  /** `timeoutMinutes` 0: manual recordings have no end. */
  constructor(timeoutMinutes: number) {
    this.#usual = {
      recordingEnabled: true,
      prebufferEnabled: true,
      prebufferSeconds: 3,
      manualRecordingTimeoutEnabled: timeoutMinutes > 0,
      manualRecordingTimeoutMinutes: timeoutMinutes > 0 ? timeoutMinutes : 15,
    }
  }

  of({ id }: SiteCamera): RecordingOptions {
    return this.#changed.get(id) ?? this.#usual
  }

  change(camera: SiteCamera, wish: Partial<RecordingOptions>): void {
    this.#changed.set(camera.id, { ...this.of(camera), ...wish })
  }

  get anyChanged(): boolean {
    return this.#changed.size > 0
  }
}
