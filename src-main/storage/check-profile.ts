import { X509Certificate } from 'node:crypto'
import { parseFile, profileEnding } from './profile-files.ts'
import type { SiteProfile } from './profile.ts'

/** What was found in profile files, for an administrator without a screen: lines to print, and whether all are usable. */
export interface Checked {
  lines: string[]
  isGood: boolean
}

/** Reads profile files as the program would, and compares them with each other. Never repeats a value that is refused. */
export async function checkProfiles(files: string[], nowMs: number): Promise<Checked> {
  const lines: string[] = []
  const good: { file: string; profile: SiteProfile }[] = []
  for (const file of files) {
    const parsed = await parseFile(file)
    const name = printable(file)
    if (!('profile' in parsed)) {
      lines.push(`${name}: NOT usable: ${parsed.problem}`)
      continue
    }
    const { profile } = parsed
    const twin = good.find((other) => other.profile.id === profile.id)
    if (twin) {
      lines.push(`${name}: NOT usable beside ${printable(twin.file)}: it has the same id`)
      continue
    }
    lines.push(`${name}: good: ${profile.name}`, ...notesOn(file, profile, nowMs).map((note) => `  note: ${note}`))
    lines.push(...contradictions(profile, good).map((note) => `  note: ${note}`))
    good.push({ file, profile })
  }
  return { lines, isGood: good.length === files.length }
}

/** What holds but may not be meant. */
function notesOn(file: string, { gateway, idp, recorders = [], trust }: SiteProfile, nowMs: number): string[] {
  const notes: string[] = []
  const addresses = [...new Set([...gateway, ...(idp === undefined ? [] : [idp]), ...recorders])]
  if (!file.endsWith(profileEnding))
    notes.push(`its name does not end in ${profileEnding}: in a folder it is not found`)
  for (const origin of addresses)
    if (!trust[origin])
      notes.push(`no certificate is agreed on for ${origin}: the first operator will be asked to compare it`)
  for (const [origin, agreed] of Object.entries(trust)) {
    if (!addresses.includes(origin)) notes.push(`there is trust for ${origin}, which the site does not use`)
    if (agreed.mode === 'ca') notes.push(...agreed.ca.flatMap((pem) => authorityNotes(origin, pem, nowMs)))
  }
  return notes
}

function authorityNotes(origin: string, pem: string, nowMs: number): string[] {
  const certificate = new X509Certificate(pem)
  const notes: string[] = []
  // Electron refuses a chain that ends at such a one, plain Node does not (security.md 2.6).
  if (!certificate.ca) notes.push(`a certificate under "ca" for ${origin} is no authority’s: pin it instead`)
  if (Date.parse(certificate.validTo) < nowMs) notes.push(`an authority for ${origin} has expired`)
  return notes
}

/** Two sites may use one server, but hardly with different certificates. */
function contradictions(profile: SiteProfile, others: { file: string; profile: SiteProfile }[]): string[] {
  return others.flatMap(({ file, profile: { trust } }) =>
    Object.entries(profile.trust)
      .filter(([origin, agreed]) => trust[origin] && JSON.stringify(trust[origin]) !== JSON.stringify(agreed))
      .map(([origin]) => `${printable(file)} trusts ${origin} in another way`),
  )
}

const printable = (name: string): string => name.replace(/\p{C}/gu, '?')
