import { expect, it } from 'vitest'
import { play } from './support/attack.ts'
import { attacks, pinnedClient } from './support/attacks.ts'

it.each(attacks.map((attack) => [attack.id, attack.says, attack] as const))('%s: %s', async (_id, _says, attack) => {
  expect(await play(attack, pinnedClient)).toEqual(attack.expected)
})
