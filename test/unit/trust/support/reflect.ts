/**
 * The four calls @peculiar/x509's dependency container makes on the metadata proposal, and no more of it.
 *
 * Must be imported before that package.
 */
const metadataOf = new WeakMap<object, Map<unknown, unknown>>()
const of = (target: object): Map<unknown, unknown> => {
  const metadata = metadataOf.get(target) ?? new Map()
  metadataOf.set(target, metadata)
  return metadata
}

Object.assign(Reflect, {
  defineMetadata: (key: unknown, value: unknown, target: object) => void of(target).set(key, value),
  getMetadata: (key: unknown, target: object) => of(target).get(key),
  getOwnMetadata: (key: unknown, target: object) => of(target).get(key),
  hasOwnMetadata: (key: unknown, target: object) => of(target).has(key),
})

export {}
