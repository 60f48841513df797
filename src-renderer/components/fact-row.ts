/** One thing known, with a remark where it needs one. */
export interface FactRow {
  name: string
  says: string
  remark?: string | undefined
  tone?: 'trouble' | undefined
}
