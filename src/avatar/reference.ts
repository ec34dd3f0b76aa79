import { type Call, EXAMPLE, type Parameter, type Reference } from '../http/reference'
import { RATINGS } from '../lib/ratings'
import * as answers from './answers'
import { FALLBACK_STYLES } from './fallback/draw'

// What the public pictures are to whoever writes a program; see http/reference.ts.

const QUERY: Record<string, Parameter> = {
  s: {
    type: 'integer',
    text: 'Also `size`. Pixels of the square, from 1 to 2048, else 80; the next size up that there is.',
    example: '96',
  },
  d: {
    text: `Also \`default\`. What shows where there is no picture: ${FALLBACK_STYLES.join(', ')}, \`404\`, or an https URL on a host that the service trusts.`,
    example: 'identicon',
  },
  f: { text: 'Also `forcedefault`. `y`: the default picture, whatever there is.' },
  r: { text: `Also \`rating\`. The highest to show: ${RATINGS.join(', ')}; \`g\` where none is given.` },
  initials: { text: 'For `d=initials`: the letters.' },
  name: { text: 'For `d=initials`: a name to take them of.' },
}

const NOTHING = { text: 'Nothing there: `d=404`, or a key of the wrong form.', types: ['text/plain'] }

const picture = (id: string, text: string): Call => ({
  id,
  summary: "Somebody's picture",
  text,
  who: 'anybody',
  query: QUERY,
  answers: {
    200: {
      text: 'The picture, or a default picture. Without an ending in the best format that `Accept` names.',
      types: ['image/*'],
    },
    302: { text: "To one's own default picture." },
    304: { text: 'The browser holds it already (`If-None-Match`).' },
    404: NOTHING,
    412: { text: 'Not the bytes that `If-Match` names.' },
  },
  problems: ['not_found', 'rate_limited', 'budget_exhausted'],
})

export const picturesReference: Reference = {
  title: 'Pictures',
  folder: 'avatar',
  answers,
  calls: {
    'GET /{key}': picture(
      'readAvatar',
      'Public, for pages of any site: see [the guide](/docs). HEAD and OPTIONS are answered too.',
    ),
    'GET /avatar/{key}': picture(
      'readAvatarAsGravatar',
      'The same, where clients of Gravatar and Libravatar look. Here a key of any form is somebody, if unknown.',
    ),
    'GET /photos/{key}': picture('readAvatarUnderPhotos', 'The same.'),
    'GET /{key}.json': {
      id: 'readProfile',
      summary: 'What is public of somebody who shows a picture',
      text: 'There is one only while a picture of rating `g` shows. Under `/avatar/` and `/photos/` too.',
      who: 'anybody',
      answers: {
        200: {
          text: 'The profile.',
          schema: answers.profileAnswer,
          example: {
            ...{ key: EXAMPLE.me, displayName: 'Ada', altText: 'Ada on a bridge' },
            avatarUrl: `https://cameo.example/${EXAMPLE.me}`,
            entry: [
              {
                ...{ hash: EXAMPLE.me, displayName: 'Ada' },
                thumbnailUrl: `https://cameo.example/${EXAMPLE.me}`,
                photos: [{ value: `https://cameo.example/${EXAMPLE.me}`, type: 'thumbnail' }],
              },
            ],
          },
        },
        304: { text: 'The browser holds it already (`If-None-Match`).' },
        404: { ...NOTHING, text: 'No picture shows under that key.' },
        412: { text: 'Not the bytes that `If-Match` names.' },
      },
      problems: ['not_found'],
    },
  },
}
