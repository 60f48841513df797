import type { Capabilities, ChildSite } from '../../src-preload/contract/models/capabilities.ts'

/** What a server and its user can do, and where the site stands in a federation. */
export interface ServerFacts {
  capabilities: Capabilities
  /** Sites below this one; empty also where the server did not say. */
  children: ChildSite[]
  /** The site above this one; empty where there is none. */
  masterAddress: string
  /** The server's time zone by its Windows name; absent where it did not say. */
  timeZone?: string
}
