import Store from 'electron-store'
import { defaultPreferences } from '../../src-preload/contract/default-preferences.ts'
import { Preferences } from '../../src-preload/contract/models/preferences.ts'
import type { Placement } from './windows.ts'

/**
 * Small choices kept by electron-store. A damaged value falls back to its default: right for preferences, and the
 * reason why profiles and pins never go in here (security.md 3.1).
 */
export class PreferenceFile {
  readonly #store: Store

  constructor(folder: string) {
    this.#store = openStore(folder)
  }

  read(): Preferences {
    const kept = this.#store.store
    const entries = Object.entries(Preferences.shape).map(([name, schema]) => {
      const found = schema.safeParse(kept[name])
      return [name, found.success ? found.data : defaultPreferences[name as keyof Preferences]]
    })
    return Object.fromEntries(entries) as Preferences
  }

  save(change: Partial<Preferences>): Preferences {
    this.#write(change)
    return { ...this.read(), ...change }
  }

  placement(): Placement {
    const kept = this.#store.get('placement') as Partial<Placement> | undefined
    const bounds = kept?.bounds
    const isWhole = bounds && [bounds.x, bounds.y, bounds.width, bounds.height].every(Number.isInteger)
    return { bounds: isWhole ? bounds : null, maximised: kept?.maximised === true }
  }

  savePlacement(placement: Placement): void {
    this.#write({ placement })
  }

  /** Whether this is asked for the first time under this name: for what an operator is told once. */
  isFirst(name: string): boolean {
    const told: unknown = this.#store.get('told')
    const before = Array.isArray(told) ? told.filter((one) => typeof one === 'string') : []
    if (before.includes(name)) return false
    this.#write({ told: [...before, name] })
    return true
  }

  /** A full disk must not take the app down over a window's place. */
  #write(change: Record<string, unknown>): void {
    try {
      this.#store.set(change)
    } catch {
      // The choice holds until the app ends; there is nowhere better to put it.
    }
  }
}

/** A file that cannot be parsed is replaced by an empty one: preferences are not worth a question. */
function openStore(folder: string): Store {
  return new Store({ cwd: folder, name: 'preferences', clearInvalidConfig: true, configFileMode: 0o600 })
}
