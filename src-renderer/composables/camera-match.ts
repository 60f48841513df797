import { fold, type ListedCamera } from '../stores/camera-list.ts'

/** What the operator typed, cut into folded words. All of them must be found, in any order. */
export type SearchWords = readonly string[]

export const searchWords = (text: string): SearchWords => fold(text).split(/\s+/u).filter(Boolean)

/** How well a camera answers: 0 begins with the first word, 1 has it at the start of a word, 2 somewhere; -1 not at all. */
export function rank(camera: ListedCamera, words: SearchWords): -1 | 0 | 1 | 2 {
  if (!words.every((word) => camera.folded.includes(word))) return -1
  const first = words[0] ?? ''
  if (camera.folded.startsWith(first)) return 0
  return camera.folded.includes(` ${first}`) ? 1 : 2
}

/** The cameras that match, best first and by name among equals. Linear: about a millisecond for 10,000. */
export function matches(cameras: readonly ListedCamera[], words: SearchWords): ListedCamera[] {
  const found: [ListedCamera[], ListedCamera[], ListedCamera[]] = [[], [], []]
  for (const camera of cameras) {
    const place = rank(camera, words)
    if (place >= 0) found[place as 0 | 1 | 2].push(camera)
  }
  return found.flat()
}

/** A name in pieces, so that matches can be marked without building HTML. */
export interface NamePart {
  readonly text: string
  readonly isMatch: boolean
}

/** Cuts a name where the words are found in it. Accents and case of the name are kept. */
export function nameParts(name: string, words: SearchWords): NamePart[] {
  const characters = Array.from(name)
  const marked = marks(characters, words)
  const parts: { text: string; isMatch: boolean }[] = []
  characters.forEach((character, index) => {
    const last = parts.at(-1)
    if (last && last.isMatch === marked[index]) last.text += character
    else parts.push({ text: character, isMatch: marked[index] ?? false })
  })
  return parts
}

/** For each character of the name whether some word covers it: folding may change lengths, so owners are remembered. */
function marks(characters: readonly string[], words: SearchWords): boolean[] {
  const owners: number[] = []
  let folded = ''
  characters.forEach((character, index) => {
    const letters = fold(character)
    folded += letters
    for (let count = letters.length; count > 0; count -= 1) owners.push(index)
  })
  const marked = characters.map(() => false)
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      for (let index = at; index < at + word.length; index += 1) marked[owners[index]!] = true
    }
  }
  return marked
}
