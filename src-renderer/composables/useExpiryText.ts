import type { ExpiringCertificate } from '../../src-preload/contract/models/site.ts'
import { dayText } from './useClock.ts'
import { useWords } from './useWords.ts'

/** What a certificate that runs out soon means: a few words for a line, and a sentence with the next step. */
export function useExpiryText(): (certificate: ExpiringCertificate) => { brief: string; what: string; next: string } {
  const { t } = useWords()
  return ({ address, validTo, daysLeft }) => {
    const day = dayText(Date.parse(validTo))
    return {
      brief: daysLeft === 0 ? t('site.expiresToday', { address }) : t('site.expiresIn', { address }, daysLeft),
      what:
        daysLeft === 0 ? t('site.expiresTodayOn', { address, day }) : t('site.expiresInOn', { address, day }, daysLeft),
      next: t('site.expiresNext'),
    }
  }
}
