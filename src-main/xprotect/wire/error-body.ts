import { z } from 'zod'

const Details = z.object({
  details: z.array(z.object({ errorText: z.string() }).catch({ errorText: '' })).min(1),
})

/** The sentence in a JSON error body, in any of the shapes seen. */
export const ErrorSentence = z.union([
  // The real server wraps (xprotect-api.md 1.3 [V]) …
  z.object({ error: Details }).transform(({ error }) => error.details[0]!.errorText),
  // … its own documentation does not [V CFG].
  Details.transform(({ details }) => details[0]!.errorText),
  // The token endpoint (2.3 [V]), the events socket (4.4 [V]), ASP.NET's own problem bodies [?].
  z.object({ error_description: z.string().min(1) }).transform((body) => body.error_description),
  z.object({ error: z.object({ errorText: z.string() }) }).transform(({ error }) => error.errorText),
  z.object({ detail: z.string().min(1) }).transform(({ detail }) => detail),
  z.object({ title: z.string().min(1) }).transform(({ title }) => title),
  z.object({ message: z.string().min(1) }).transform(({ message }) => message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.string(),
])
