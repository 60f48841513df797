/** What may stand in an element: text, attributes (`@name`) and elements by name, or several of one name. */
export type XmlContent = string | { [name: string]: XmlContent | XmlContent[] }

/** Elements in the order given, without a space between them, as .NET writes them. */
export function writtenXml(elements: { [name: string]: XmlContent | XmlContent[] }): string {
  return Object.entries(elements)
    .flatMap(([name, content]) => (Array.isArray(content) ? content : [content]).map((one) => element(name, one)))
    .join('')
}

function element(name: string, content: XmlContent): string {
  if (typeof content === 'string') return content === '' ? `<${name} />` : `<${name}>${escaped(content)}</${name}>`
  const all = Object.entries(content)
  const attributes = all.filter((entry): entry is [string, string] => entry[0].startsWith('@'))
  const head = name + attributes.map(([key, value]) => ` ${key.slice(1)}="${escaped(value)}"`).join('')
  const inner = writtenXml(Object.fromEntries(all.filter(([key]) => !key.startsWith('@'))))
  return inner === '' ? `<${head} />` : `<${head}>${inner}</${name}>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => entities[char]!)
