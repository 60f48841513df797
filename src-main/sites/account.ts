import { userInfo } from 'node:os'

/** Who is logged on to this computer, for the record of what a person decided here. */
export function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown' // an account the system itself does not know by name
  }
}
