/** What each server answers to everyone, and so without a credential (xprotect-api.md 1.1 [V CFG, PROTO]). */
export const wellKnown = {
  gateway: '/api/.well-known/uris',
  idp: '/IDP/.well-known/openid-configuration',
}
