/** What sends the bare key's request: undici over a pool that takes one certificate, and nothing else. Runs inside main. */
const { Pool, buildConnector } = require('undici')

/** Signs in, and gives a function that marks a camera; it resolves with the moment it was called, epoch milliseconds. */
exports.openPost = async ({ gateway, sha256, user, password }) => {
  const pool = new Pool(gateway, { connections: 6, pipelining: 1, keepAliveTimeout: 30_000, connect: pinned(sha256) })
  const form = { grant_type: 'password', client_id: 'GrantValidatorClient', username: user, password }
  const { access_token: token } = JSON.parse(
    await ask(
      pool,
      '/API/IDP/connect/token',
      'application/x-www-form-urlencoded',
      new URLSearchParams(form).toString(),
    ),
  )
  return async (body) => {
    const calledMs = performance.timeOrigin + performance.now()
    await ask(pool, '/api/rest/v1/bookmarks', 'application/json', JSON.stringify(body), {
      authorization: `Bearer ${token}`,
    })
    return calledMs
  }
}

async function ask(pool, path, type, body, more = {}) {
  const headers = { accept: 'application/json', 'content-type': type, ...more }
  const answer = await pool.request({ method: 'POST', path, headers, body })
  const text = await answer.body.text()
  if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${text}`)
  return text
}

/** Unverified by any authority, and used only if it is the certificate that was agreed on. */
function pinned(sha256) {
  const connect = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0 })
  return (wish, callback) =>
    connect(wish, (error, socket) => {
      if (error) return callback(error, null)
      const seen = socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase()
      if (seen === sha256) return callback(null, socket)
      socket.destroy()
      callback(new Error('another certificate'), null)
    })
}
