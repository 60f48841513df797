import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { CommandDesk } from '../actions/command-desk.ts'

/** What operators asked for, and what a person decides about it. */
export const jobHandlers = (desk: CommandDesk): Pick<Handlers, 'listJobs' | 'decideJob'> => ({
  listJobs: () => desk.list(),
  decideJob: ({ id, decision }) => desk.decide(id, decision),
})
