import type { CertificateFacts } from '../../../src-preload/contract/models/certificate.ts'
import type { FactRow } from '../../components/fact-row.ts'
import { dayText } from '../../composables/useClock.ts'
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
