import type { ClientId } from '../xprotect/means.ts'

/** What a profile may say about signing in. */
interface Says {
  gateway: string[]
  idp?: string | undefined
  signIn?: { kind?: 'basic' | 'windows' | undefined; client?: ClientId | undefined } | undefined
  policy?: { staySignedIn?: 'allowed' | 'never' | undefined } | undefined
}

/** The same with everything said. */
interface Wish {
  kind: 'basic' | 'windows'
  client: ClientId
  staySignedIn: 'allowed' | 'never'
  /**
   * The origin whose `/IDP` is asked for tokens; undefined where they come through the gateway. Windows users get in
   * at `/IDP` only (xprotect-api.md 2.1 [V]), so for them a provider at the gateway's own address is asked there too.
   */
  provider: 'idp' | 'gateway' | undefined
}

export function signInOf({ gateway, idp, signIn, policy }: Says): Wish {
  const kind = signIn?.kind ?? 'basic'
  return {
    kind,
    client: signIn?.client ?? 'VmsClient',
    staySignedIn: policy?.staySignedIn ?? 'allowed',
    provider: providerOf(kind, gateway[0], idp),
  }
}

function providerOf(kind: Wish['kind'], gateway: string | undefined, idp: string | undefined): Wish['provider'] {
  if (idp !== undefined && idp !== gateway) return 'idp'
  return idp !== undefined && kind === 'windows' ? 'gateway' : undefined
}
