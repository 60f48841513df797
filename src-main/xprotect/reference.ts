/**
 * The reference of a bookmark or an evidence lock that a job makes, by which it is found again: `XD-`, the first eight
 * and the last twelve digits of the job's uuid. It is ours to set and the server does not keep it unique
 * (security.md 4.4).
 */
export function referenceOf(jobId: string): string {
  const digits = jobId.toLowerCase().replaceAll('-', '')
  return `XD-${digits.slice(0, 8)}-${digits.slice(-12)}`
}
