/** What `--help` prints: every option there is, and no other. */
export const HELP = `Watchpost's XProtect simulator: a server on this machine for trying and testing the client.

  npm run -s simulator -- [options]

  --port N                 gateway port, 0 takes a free one (default 0)
  --recorder-port N        recording server's port (default 0)
  --control-port N         port for looking in and making faults, plain HTTP (default 0)
  --gateways N             gateways of the site, 1 to 8; further ones take free ports (default 1)
  --recorders N            recording servers, 1 to 8; the boxes take turns (default 1)
  --idp WHERE              identity provider on the first gateway's host or on its own: gateway or separate
                           (default gateway)
  --cameras N              cameras that can play, 1 to 100000 (default 9)
  --outputs N              boxes with an output, 0 to 1000 (default 0)
  --microphones N          boxes with a microphone beside their cameras, 0 to 1000 (default 0)
  --output-rules           each output records the cameras of its box while it is active
  --rules N,N              cameras that user-defined events start and stop recording, by a rule each
  --manual-timeout MINUTES when manual recordings end by themselves, 0 for never (default 15)
  --integration            POST /events takes {eventType, deviceId, eventData: {action, duration}} too
  --no-search-tasks        bookmarks and evidence locks cannot be searched
  --no-special             without the H.265-only, the masked and the disabled camera
  --profile V              24.2, 25.1 or 25.2 (default 25.1)
  --edition E              professional+ or corporate (default professional+)
  --token-ttl SECONDS      life of an access token (default 3600)
  --user NAME              (default operator)
  --role ROLE              what that user may do: operator, viewer or administrator (default operator)
  --windows-user NAME      DOMAIN\\user with the same password (default CONTROL\\guard)
  --password WORD          (default: a new one at each start)
  --seed TEXT              same text, same ids (default watchpost)
  --site-name TEXT         name of the site, behind the names of its cameras too (default HQ Campus, not there)
  --child-sites N          sites below this one, 0 to 8, servers of their own with up to 4 cameras (default 0)
  --ca                     certificates issued by an authority made for this site, instead of self-signed
  --cert-days DAYS         until certificates run out; 0.3 is tonight, --cert-days=-1 yesterday (default 364)
  --clock-offset SECONDS   how far the server's clock is ahead; --clock-offset=-47 is behind (default 0)
  --ec                     an elliptic-curve key for the certificate instead of RSA
  --jpeg-get-live          cameras have the task JpegGetLive (25.2 always)
  --single-shot            POST /webrtc/signaling answers a client's own offer
  --no-media               sessions make an offer and never connect
  --small-media            small pictures, quicker to make
  --json                   one line of JSON when ready
  --help                   this text
`
