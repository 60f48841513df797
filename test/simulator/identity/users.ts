import type { ServerClock } from '../clock.ts'
import { guidOf } from '../site/guid.ts'

/** Administrator: everything. Operator: every camera, nothing of the configuration. Viewer: looks at most cameras. */
export type Role = 'administrator' | 'operator' | 'viewer'

/** The words the identity provider refuses with (xprotect-api.md 2.3). [V] */
export type RefusalCode = 'InvalidCredentials' | 'LockedOut' | 'ChangePassword'

/** The accounts beside the main one, all with its password. The server wants the newcomer's changed first. */
const NEWCOMER = 'newcomer'
const ADMINISTRATOR = 'administrator'
const VIEWER = 'viewer'

export interface User {
  name: string
  id: string
  role: Role
}

interface Account extends User {
  password: string
  mustChangePassword: boolean
  /** Of a Windows domain: the gateway cannot sign it in. */
  isWindows: boolean
  wrongInARow: number
  lockedUntilMs: number
}

export interface UsersWish {
  seed: string
  user: string
  role: Role
  /** `DOMAIN\user`. */
  windowsUser: string
  password: string
  wrongPasswordsBeforeLockOut: number
}

/** How other services write an account: `DOMAIN\\user` [D]; what stands before a basic user's name is [3P]. */
export const accountName = (name: string): string => (name.includes('\\') ? name : `[BASIC]\\${name}`)

/** Windows' usual lock-out. [?] XProtect's own is not documented. */
const LOCK_OUT_MS = 30 * 60_000

/** The users of the site. Names are compared without regard to case. [?] */
export class Users {
  readonly #accounts: Account[]
  readonly #wrongBeforeLockOut: number
  readonly #clock: ServerClock

  constructor({ seed, user, role, windowsUser, password, wrongPasswordsBeforeLockOut }: UsersWish, clock: ServerClock) {
    const account = (name: string, of: Role, special: Partial<Account> = {}): Account => ({
      name,
      id: guidOf(seed, 'user', name),
      role: of,
      password,
      mustChangePassword: false,
      isWindows: false,
      wrongInARow: 0,
      lockedUntilMs: 0,
      ...special,
    })
    this.#accounts = [
      account(user, role),
      account(NEWCOMER, 'operator', { mustChangePassword: true }),
      account(ADMINISTRATOR, 'administrator'),
      account(VIEWER, 'viewer'),
      account(windowsUser, 'operator', { isWindows: true }),
    ]
    this.#wrongBeforeLockOut = wrongPasswordsBeforeLockOut
    this.#clock = clock
  }

  find(name: string): User | undefined {
    return this.#find(name)
  }

  /**
   * One try. A locked account refuses the right password too; an unknown name looks like a wrong password, and so does
   * a Windows user where `windowsToo` is false. At the provider itself FR saw `DOMAIN\user` accepted [3P FR], Milestone
   * says basic users only. [?]
   */
  check(name: string, password: string, windowsToo: boolean): { user: User } | { refused: RefusalCode } {
    const account = this.#find(name)
    if (!account || (account.isWindows && !windowsToo)) return { refused: 'InvalidCredentials' }
    if (account.lockedUntilMs > this.#clock.now()) return { refused: 'LockedOut' }
    if (account.password !== password) {
      account.wrongInARow++
      if (account.wrongInARow < this.#wrongBeforeLockOut) return { refused: 'InvalidCredentials' }
      account.lockedUntilMs = this.#clock.now() + LOCK_OUT_MS
      return { refused: 'LockedOut' }
    }
    if (account.mustChangePassword) return { refused: 'ChangePassword' }
    account.wrongInARow = 0
    return { user: account }
  }

  /** Throws a RangeError where nobody is called that. */
  named(name: string): User {
    const account = this.#find(name)
    if (!account) throw new RangeError(`no user ${name}`)
    return account
  }

  /** Throws a RangeError where nobody is called that. */
  setRole(name: string, role: Role): void {
    this.named(name).role = role
  }

  lock(): void {
    for (const account of this.#accounts) account.lockedUntilMs = this.#clock.now() + LOCK_OUT_MS
  }

  unlock(): void {
    for (const account of this.#accounts) Object.assign(account, { wrongInARow: 0, lockedUntilMs: 0 })
  }

  #find(name: string): Account | undefined {
    return this.#accounts.find((account) => account.name.toLowerCase() === name.toLowerCase())
  }
}
