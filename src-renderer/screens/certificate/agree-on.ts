import { AppError } from '../../../src-preload/contract/failure.ts'
import type { ProbeReport } from '../../../src-preload/contract/models/certificate.ts'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { useSession } from '../../stores/session.ts'

/**
 * Agrees on the certificate that was shown. Main looks once more first: a look grows old, and another server may stand
 * there by now. Throws `untrusted-certificate` where that is so.
 */
export async function agreeOn(
  session: Pick<ReturnType<typeof useSession>, 'probe' | 'pin'>,
  siteId: SiteId,
  shown: ProbeReport['offered'],
  typed: string,
  address?: string,
): Promise<void> {
  const { probeId, offered } = await session.probe(siteId, address)
  if (offered.fingerprint !== shown.fingerprint) {
    const expected = [shown.fingerprint]
    throw new AppError({ kind: 'untrusted-certificate', fingerprint: offered.fingerprint, expected })
  }
  await session.pin(siteId, probeId, offered.fingerprint, typed)
}
