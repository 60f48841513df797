/** The words the identity provider refuses with (xprotect-api.md 2.3). [V] */
export type RefusalCode = 'InvalidCredentials' | 'LockedOut' | 'ChangePassword'

/** The account beside the main one: same password, but the server wants it changed first. */
export const NEWCOMER = 'newcomer'

export interface User {
  name: string
  id: string
}

interface Account extends User {
  password: string
  mustChangePassword: boolean
  wrongInARow: number
  lockedUntilMs: number
}

/** Windows' usual lock-out. [?] XProtect's own is not documented. */
const LOCK_OUT_MS = 30 * 60_000

/** The basic users of the site. Names are compared without regard to case. [?] */
export class Users {
  readonly #accounts: Account[]
  readonly #wrongBeforeLockOut: number

  constructor(users: { name: string; id: string; password: string; mustChangePassword: boolean }[], wrong: number) {
    this.#accounts = users.map((user) => ({ ...user, wrongInARow: 0, lockedUntilMs: 0 }))
    this.#wrongBeforeLockOut = wrong
  }

  find(name: string): User | undefined {
    return this.#accounts.find((account) => account.name.toLowerCase() === name.toLowerCase())
  }

  /** One try. A locked account refuses the right password too; an unknown name looks like a wrong password. */
  check(name: string, password: string): { user: User } | { refused: RefusalCode } {
    const account = this.#accounts.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
    if (!account) return { refused: 'InvalidCredentials' }
    if (account.lockedUntilMs > Date.now()) return { refused: 'LockedOut' }
    if (account.password !== password) {
      account.wrongInARow++
      if (account.wrongInARow < this.#wrongBeforeLockOut) return { refused: 'InvalidCredentials' }
      account.lockedUntilMs = Date.now() + LOCK_OUT_MS
      return { refused: 'LockedOut' }
    }
    if (account.mustChangePassword) return { refused: 'ChangePassword' }
    account.wrongInARow = 0
    return { user: account }
  }

  lock(): void {
    for (const account of this.#accounts) account.lockedUntilMs = Date.now() + LOCK_OUT_MS
  }

  unlock(): void {
    for (const account of this.#accounts) Object.assign(account, { wrongInARow: 0, lockedUntilMs: 0 })
  }
}
