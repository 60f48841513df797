/** Where the page comes from: a scheme of its own, so that it shares nothing with the web (security.md 1.3). */
export const pageScheme = 'app'
export const pageOrigin = 'app://desk'
export const pageAddress = `${pageOrigin}/index.html`

/** The partition the page lives in. It has no `persist:` prefix: nothing of the page outlives the app. */
export const pagePartition = 'desk'
