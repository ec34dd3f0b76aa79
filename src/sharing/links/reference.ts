import { type Call, DONE, EXAMPLE, type Reference } from '../../http/reference'
import { DAY } from '../../lib/time'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

const LINK = {
  id: EXAMPLE.link,
  createdAt: EXAMPLE.time,
  expiresAt: EXAMPLE.time + 7 * DAY,
  hasPassword: false,
  download: false,
}

/** A photo and an album have the same four calls. */
function callsOf(what: 'photo' | 'album'): Record<string, Call> {
  const path = `/api/${what}s/{id}/links`
  const name = what === 'photo' ? 'PhotoLink' : 'AlbumLink'
  const notReady = what === 'photo' ? (['photo_not_ready'] as const) : []
  return {
    [`GET ${path}`]: {
      id: `list${name}s`,
      summary: `The links to the ${what}, the newest first`,
      text: 'Those that have not expired.',
      answers: {
        200: { text: 'All of them.', schema: answers.linkList, example: { items: [LINK], nextCursor: null } },
      },
      problems: ['not_found'],
    },
    [`POST ${path}`]: {
      id: `create${name}`,
      summary: `Makes a link that shows the ${what} to whoever has it`,
      text: '`expiresIn` is in seconds, from five minutes to thirty days; `download` is false unless given.',
      body: { schema: requests.linkRequest, example: { expiresIn: 604_800 } },
      answers: {
        201: {
          text: 'The link with its `url`, told this once.',
          schema: answers.newLinkAnswer,
          example: { ...LINK, url: `https://cameo.example/l/${EXAMPLE.linkToken}` },
        },
      },
      problems: ['not_found', ...notReady, 'quota_exceeded', 'rate_limited'],
    },
    [`DELETE ${path}/{linkId}`]: {
      id: `delete${name}`,
      summary: 'Revokes a link: its next request finds nothing',
      answers: DONE,
      problems: ['not_found', 'rate_limited'],
    },
    [`DELETE ${path}`]: {
      id: `delete${name}s`,
      summary: `Revokes all links to the ${what}`,
      answers: DONE,
      problems: ['not_found', 'rate_limited'],
    },
  }
}

export const linksReference: Reference = {
  title: 'Links',
  folder: 'sharing/links',
  answers,
  requests,
  calls: { ...callsOf('photo'), ...callsOf('album') },
}
