import type { Reference } from '../../http/reference'
import { PICTURE } from '../../photos/reference'

// What a link shows, to whoever writes a program; see http/reference.ts.

export const linkReference: Reference = {
  title: 'What a link shows',
  folder: 'web/link',
  calls: {
    'GET /l/{token}': {
      id: 'openLink',
      summary: 'The page of a link',
      text: 'Expired (from the very millisecond of `expiresAt`), revoked and unknown links are one and the same 404. With a password the page asks for it.',
      who: 'anybody',
      query: { cursor: { text: 'Where the page of an album goes on.' } },
      answers: { 200: { text: 'The page.', types: ['text/html'] } },
      problems: ['invalid_input', 'not_found'],
    },
    'POST /l/{token}': {
      id: 'enterLink',
      summary: 'Gives the password of a link',
      text: 'The right one sets a cookie for that link. Five tries a minute.',
      who: 'anybody',
      body: { form: { password: 'open sesame' } },
      answers: {
        303: { text: 'To the page.' },
        403: { text: 'The page that asks, once more: the password is wrong.', types: ['text/html'] },
      },
      problems: ['not_found', 'rate_limited'],
    },
    'GET /l/{token}/{photoId}': {
      id: 'readLinkPicture',
      summary: "A picture of the link's photo, or of one in its album",
      text: 'Whole and upright, never the original and never with metadata.',
      who: 'anybody',
      query: {
        w: {
          type: 'integer',
          text: 'How wide at most, in pixels; the next width up that there is. 2048 for what is no number.',
          example: '640',
        },
        original: { text: 'As a file of up to 2048 pixels, where the link has `download`.' },
      },
      answers: PICTURE,
      problems: ['not_found', 'rate_limited', 'budget_exhausted'],
    },
  },
}
