import { AppError } from '../../src-preload/contract/failure.ts'
import type { Transport } from './transport.ts'

/** The same transport; what cannot be reached is said to be the identity provider, as the gateway may well answer. */
export const providerTransport = (transport: Transport): Transport => ({
  async request(exchange) {
    try {
      return await transport.request(exchange)
    } catch (error) {
      if (!(error instanceof AppError) || error.failure.kind !== 'unreachable') throw error
      throw new AppError({ ...error.failure, what: 'idp' }, { cause: error })
    }
  },
  openSocket: (wish) => transport.openSocket(wish),
})
