/** Makes the references of a site: none comes twice. Their form is assumed. [?] */
export function referenceMaker(): () => string {
  let made = 0
  return () => `no.${String(++made).padStart(6, '0')}`
}
