import type { CertificateFacts, ProbeReport } from '../../../src-preload/contract/models/certificate.ts'
import type { FactRow } from '../../components/fact-row.ts'
import { dayText, timeText } from '../../composables/useClock.ts'
import type { Say } from '../../locales/words.ts'

/** What a certificate says of itself, row by row; what does not fit is marked. */
export function certificateRows(offered: CertificateFacts, address: string, nowMs: number, t: Say): FactRow[] {
  const { subject, names, issuer, selfSigned, key, nameMatches, trustedBySystem } = offered
  return [
    { name: t('certificate.issuedTo'), says: subject },
    { name: t('certificate.names'), says: names.join(', ') || t('certificate.noNames') },
    {
      name: t('certificate.nameMatch'),
      says: t(nameMatches ? 'certificate.nameMatches' : 'certificate.nameDiffers', { address }),
      tone: nameMatches ? undefined : 'trouble',
    },
    validityRow(offered, nowMs, t),
    { name: t('certificate.key'), says: key },
    { name: t('certificate.issuer'), says: selfSigned ? t('certificate.selfSigned') : issuer },
    {
      name: t('certificate.authority'),
      says: t(trustedBySystem ? 'certificate.trustedBySystem' : 'certificate.notTrustedBySystem'),
      remark: selfSigned && !trustedBySystem ? t('certificate.authorityIsUsual') : undefined,
    },
  ]
}

/** One thing both certificates say; `trusted` is absent where the agreed one was never seen here. */
export interface ComparedRow {
  name: string
  trusted: string | undefined
  offered: string
  tone?: 'trouble' | undefined
}

/** What the agreed certificate said of itself, as far as it is known, beside what the offered one says. */
export function comparedRows({ offered, trusted, address, seenAt }: ProbeReport, nowMs: number, t: Say): ComparedRow[] {
  const rows = certificateRows(offered, address, nowMs, t)
  const before = trusted && certificateRows(trusted, address, nowMs, t)
  const says = ({ says, remark, tone }: FactRow) => (tone && remark !== undefined ? `${says} · ${remark}` : says)
  return [
    ...rows.map((row, at) => ({
      name: row.name,
      trusted: before && says(before[at]!),
      offered: says(row),
      tone: row.tone,
    })),
    {
      name: t('certificate.seen'),
      trusted: t(trusted ? 'certificate.agreedEarlier' : 'certificate.notSeenYet'),
      offered: timeText(Date.parse(seenAt)),
    },
  ]
}

function validityRow({ validFrom, validTo }: CertificateFacts, nowMs: number, t: Say): FactRow {
  const fromMs = Date.parse(validFrom)
  const toMs = Date.parse(validTo)
  const row = {
    name: t('certificate.validity'),
    says: t('certificate.validFromTo', { from: dayText(fromMs), to: dayText(toMs) }),
  }
  if (nowMs > toMs) return { ...row, remark: t('certificate.expired'), tone: 'trouble' }
  if (nowMs < fromMs) return { ...row, remark: t('certificate.notYet'), tone: 'trouble' }
  return row
}
