/**
 * A server's address as a profile may give it: `https://host` or `https://host:port`, nothing else (security.md 7 A12).
 *
 * Forgiven, because people type it: capital letters, one closing slash, `:443`, an IPv6 address at length. Returned in the one form every part of
 * the house compares by; `undefined` for everything else. Names beyond ASCII must be written in their `xn--` form, so
 * that two that look alike cannot be confused.
 */
export function parseOrigin(text: string): string | undefined {
  if (text.length > 300 || !/^https:\/\/[a-z0-9._:[\]-]+\/?$/i.test(text)) return undefined
  const typed = text.toLowerCase().replace(/\/$/, '')
  const origin = originOf(typed)
  if (!origin || (typed !== origin && typed !== `${origin}:443` && !typed.startsWith('https://['))) return undefined
  if (/:0$|\.(:\d+)?$/.test(origin)) return undefined
  return origin
}

function originOf(text: string): string | undefined {
  try {
    return new URL(text).origin
  } catch {
    return undefined
  }
}
