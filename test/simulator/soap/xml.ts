import { XMLParser } from 'fast-xml-parser'
import { SyntaxValidator } from 'fast-xml-validator'

/** An element with its prefix resolved. */
export interface XmlElement {
  /** Empty where it is in none. */
  namespace: string
  name: string
  /** Its own text, without that of its children. */
  text: string
  children: XmlElement[]
}

/** As the parser gives it: one key with the children, and attributes under `:@`. */
type RawNode = Record<string, unknown>

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/** The root, or undefined where this is no XML, has a document type (.NET refuses both) or a prefix nobody declared. */
export function readXml(text: string): XmlElement | undefined {
  if (/<!DOCTYPE/i.test(text)) return undefined
  const roots = parsed(text)?.filter((node) => !('#text' in node))
  if (roots?.length !== 1) return undefined
  return elementOf(roots[0]!, new Map([['', '']]))
}

/** The parser itself forgives almost everything; both throw at what they refuse. */
function parsed(text: string): RawNode[] | undefined {
  try {
    SyntaxValidator.validate(text)
    return parser.parse(text) as RawNode[]
  } catch {
    return undefined
  }
}

function elementOf(node: RawNode, outer: ReadonlyMap<string, string>): XmlElement | undefined {
  const tag = Object.keys(node).find((key) => key !== ':@')!
  const scope = new Map(outer)
  for (const [name, value] of Object.entries((node[':@'] ?? {}) as Record<string, string>)) {
    if (name === 'xmlns') scope.set('', decoded(value))
    else if (name.startsWith('xmlns:')) scope.set(name.slice('xmlns:'.length), decoded(value))
  }
  const [prefix, name] = tag.includes(':') ? [tag.split(':')[0]!, tag.split(':').slice(1).join(':')] : ['', tag]
  const namespace = scope.get(prefix)
  if (namespace === undefined) return undefined
  const inner = node[tag] as RawNode[]
  const children = inner.filter((child) => !('#text' in child)).map((child) => elementOf(child, scope))
  if (!children.every((child) => child !== undefined)) return undefined
  const text = inner.map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join('')
  return { namespace, name, text: decoded(text), children }
}

const predefined: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The five entities XML itself has; there are no others without a document type. */
const decoded = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|apos);/g, (_whole, name: string) => predefined[name]!)

/** The child of that name in that namespace. */
export const childOf = (element: XmlElement, namespace: string, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name && child.namespace === namespace)
