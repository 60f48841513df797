import type { CaptureProbe } from '../../../src-preload/contract/models/capture.ts'
import type { Exchange } from '../transport.ts'

/** Ids found on the way, which later questions name. */
export interface Found {
  camera?: string | undefined
  output?: string | undefined
  /** A thing a probe made itself, to be changed and taken away again. */
  made?: string | undefined
}

/** One question of a probe; undefined where what it needs was not found. */
export type Question = (found: Found) => Pick<Exchange, 'method' | 'path' | 'body'> | undefined

/** Something not known for sure about real servers, and the cheapest way to learn it (xprotect-api.md 15). */
export interface Probe {
  name: string
  /** What the answer tells. */
  asks: string
  questions: Question[]
  /** Names in its answers that are the server's vocabulary, not the site's. */
  vocabulary?: readonly string[]
  /** What it does to the server, for one that does more than read: run only where it is asked for by name. */
  does?: string
}

const get =
  (path: string): Question =>
  () => ({ method: 'GET', path })
const rest = (path: string): Question => get(`/api/rest/v1/${path}`)
const ofCamera =
  (path: string): Question =>
  ({ camera }) =>
    camera ? { method: 'GET', path: `/api/rest/v1/cameras/${camera}${path}` } : undefined
const post = (path: string, body: object): Question => {
  const question: Pick<Exchange, 'method' | 'path' | 'body'> = {
    method: 'POST',
    path: `/api/rest/v1/${path}`,
    body: JSON.stringify(body),
  }
  return () => question
}

const CAMERAS = '623d03f8-c5d5-46bc-a2f4-4c03562d4f85'
const NOBODY = '00000000-0000-0000-0000-000000000000'
const named = ['name', 'displayName'] as const

/** They read, no more: a server is after them as it was before. */
export const reading: Probe[] = [
  { name: 'discovery', asks: 'which services there are', questions: [get('/api/.well-known/uris')] },
  {
    name: 'openid',
    asks: 'what the identity provider offers',
    questions: [get('/API/IDP/.well-known/openid-configuration')],
    vocabulary: [
      'scopes_supported',
      'grant_types_supported',
      'response_types_supported',
      'response_modes_supported',
      'claims_supported',
      'subject_types_supported',
      'id_token_signing_alg_values_supported',
      'code_challenge_methods_supported',
      'token_endpoint_auth_methods_supported',
      'server_version',
    ],
  },
  { name: 'sites', asks: 'the version, and the site above', questions: [rest('sites')], vocabulary: ['platform'] },
  { name: 'licences', asks: 'the edition', questions: [rest('licenseInformations')], vocabulary: named },
  { name: 'recording-servers', asks: 'recorders and their addresses', questions: [rest('recordingServers')] },
  { name: 'cameras', asks: 'fields of a camera', questions: [rest('cameras?page=0&size=3')] },
  { name: 'camera-tasks', asks: 'which tasks a camera has', questions: [ofCamera('?tasks&noData')], vocabulary: named },
  { name: 'streams', asks: 'fields of its streams', questions: [ofCamera('/streams')] },
  {
    name: 'settings',
    asks: 'where codec and size stand',
    questions: [ofCamera('/settings?definitions')],
    vocabulary: ['codec', 'resolution'],
  },
  { name: 'camera-children', asks: 'presets', questions: [ofCamera('/ptzPresets'), ofCamera('/clientSettings')] },
  { name: 'hardware', asks: 'fields of a device', questions: [rest('hardware?page=0&size=3')], vocabulary: ['model'] },
  { name: 'outputs', asks: 'fields of an output', questions: [rest('outputs?page=0&size=3')] },
  {
    name: 'output-tasks',
    asks: 'which tasks an output has',
    questions: [
      ({ output }) =>
        output === undefined ? undefined : { method: 'GET', path: `/api/rest/v1/outputs/${output}?tasks&noData` },
    ],
    vocabulary: named,
  },
  { name: 'camera-groups', asks: 'fields of a group', questions: [rest('cameraGroups?page=0&size=3')] },
  {
    name: 'rights',
    asks: 'how rights are named, and which this user has',
    questions: [
      rest(`securityNamespaces/${CAMERAS}`),
      ({ camera }) => ({
        method: 'GET',
        path: `/api/rest/v1/effectivePermissions/${CAMERAS}${camera ? `?objectIds=${camera}` : ''}`,
      }),
    ],
    vocabulary: named,
  },
  { name: 'child-sites', asks: 'fields of a site below', questions: [rest('childSites')] },
  { name: 'events', asks: 'fields of an event', questions: [rest('events?page=0&size=5&include=data')] },
  { name: 'alarms', asks: 'fields of an alarm', questions: [rest('alarms?page=0&size=3')] },
  { name: 'tool-options', asks: 'time limits of moving cameras', questions: [rest('toolOptions')] },
  {
    name: 'refusals',
    asks: 'how the server says no',
    questions: [
      rest('bookmarks'),
      rest('evidenceLocks'),
      rest('storages'),
      rest('investigations'),
      rest(`cameras/${NOBODY}`),
    ],
  },
]

const CAPTURE_TEXT = 'Watchpost capture, to be deleted'

/** They do more than read. Each says what, and is run only where it is asked for by name. */
export const acting: (Probe & { name: CaptureProbe; does: string })[] = [
  {
    name: 'bookmark-search',
    asks: 'what a search for bookmarks wants',
    does: 'sends an empty search for bookmarks; nothing is stored',
    questions: [post('bookmarks?task=searchTime', {})],
  },
  {
    name: 'evidence-lock-search',
    asks: 'what a search for evidence locks wants, and how an edition without them refuses',
    does: 'sends an empty search for evidence locks; nothing is stored',
    questions: [post('evidenceLocks?task=search', {})],
  },
  {
    name: 'bookmark',
    asks: 'answers to a bookmark made, changed and deleted',
    does: 'makes one bookmark on one camera, changes it, and deletes it again; rules that wait for bookmarks may fire',
    questions: [
      ({ camera }) =>
        camera === undefined
          ? undefined
          : {
              method: 'POST',
              path: '/api/rest/v1/bookmarks',
              body: JSON.stringify({
                header: CAPTURE_TEXT,
                devicePath: { type: 'cameras', id: camera },
                timeBegin: '2026-01-01T00:00:00.0000000Z',
                timeTriggered: '2026-01-01T00:00:01.0000000Z',
                timeEnd: '2026-01-01T00:00:02.0000000Z',
              }),
            },
      ({ camera, made }) =>
        made === undefined
          ? undefined
          : {
              method: 'PATCH',
              path: `/api/rest/v1/bookmarks/${made}`,
              body: JSON.stringify({ header: `${CAPTURE_TEXT}!`, devicePath: { type: 'cameras', id: camera } }),
            },
      ({ made }) => (made === undefined ? undefined : { method: 'DELETE', path: `/api/rest/v1/bookmarks/${made}` }),
    ],
  },
  {
    name: 'video-session',
    asks: 'the offer of a live session, its candidates, and whether it can be ended',
    does: 'opens one live video session on one camera and ends it; a server that cannot end it lets it run out',
    questions: [
      ({ camera }) =>
        camera === undefined
          ? undefined
          : {
              method: 'POST',
              path: '/api/rest/v1/WebRTC/Session',
              body: JSON.stringify({ deviceId: camera, resolution: 'notInUse', includeAudio: true }),
            },
      ({ made }) =>
        made === undefined ? undefined : { method: 'GET', path: `/api/rest/v1/WebRTC/IceCandidates/${made}` },
      ({ made }) =>
        made === undefined ? undefined : { method: 'DELETE', path: `/api/rest/v1/WebRTC/Session/${made}` },
    ],
  },
  {
    name: 'session-refusals',
    asks: 'how a session is refused',
    does: 'asks for a video session of a camera that does not exist',
    questions: [post('WebRTC/Session', { deviceId: NOBODY, resolution: 'notInUse' })],
  },
]
