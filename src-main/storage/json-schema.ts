import { z } from 'zod'
import { SiteProfile } from './profile.ts'

/**
 * The profile format for editors and other tools: JSON Schema, draft 2020-12, of what may be written into a file.
 *
 * Stricter than the reader where the reader forgives, never looser, but for what it cannot say: secrets are refused,
 * lengths of recordings must fit each other, a certificate must be one, an `xn--` name must stand for something.
 */
export const profileJsonSchema = (): object => ({
  ...z.toJSONSchema(SiteProfile, { io: 'input', target: 'draft-2020-12' }),
  $id: 'https://example.invalid/watchpost/watchpost-site.schema.json',
  title: 'Watchpost site profile',
  description: 'One XProtect site, as an administrator sets it up for Watchpost. Files end in .watchpost.json.',
})
