/** Writes `watchpost-site.schema.json`, which editors check site profiles by: `npm run schema`. Kept in the repository. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { format } from 'prettier'
import { profileJsonSchema } from '../src-main/storage/json-schema.ts'

const file = path.join(import.meta.dirname, 'watchpost-site.schema.json')
writeFileSync(file, await format(JSON.stringify(profileJsonSchema()), { parser: 'json', printWidth: 120 }))
