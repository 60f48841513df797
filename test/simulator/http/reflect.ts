/**
 * The one thing `@peculiar/x509` wants of the world: `Reflect.getMetadata` and `defineMetadata`, which its container
 * library looks for when it is loaded. Import this before it. Metadata here is what TypeScript's decorators write.
 */
type Key = string | symbol
interface MetadataReflect {
  getMetadata?: (key: Key, target: object) => unknown
  getOwnMetadata?: (key: Key, target: object) => unknown
  defineMetadata?: (key: Key, value: unknown, target: object) => void
}

const known = new WeakMap<object, Map<Key, unknown>>()
const own = (key: Key, target: object): unknown => known.get(target)?.get(key)

const reflect = Reflect as MetadataReflect
reflect.getMetadata ??= (key, target) => {
  for (let at: object | null = target; at; at = Object.getPrototypeOf(at) as object | null) {
    const value = own(key, at)
    if (value !== undefined) return value
  }
  return undefined
}
reflect.getOwnMetadata ??= own
reflect.defineMetadata ??= (key, value, target) => {
  const metadata = known.get(target) ?? new Map<Key, unknown>()
  known.set(target, metadata.set(key, value))
}
