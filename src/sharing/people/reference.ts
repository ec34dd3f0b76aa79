import { DONE, EXAMPLE, type Reference } from '../../http/reference'
import { SEEN } from '../../photos/reference'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

const CONTACT = { hash: EXAMPLE.friend, name: 'Grace' }

export const peopleReference: Reference = {
  title: 'Sharing with people',
  folder: 'sharing/people',
  answers,
  requests,
  calls: {
    'GET /api/photos/{id}/shares': {
      id: 'listShares',
      summary: 'Whom a photo of yours is shared with, the newest first',
      answers: {
        200: {
          text: 'All of them.',
          schema: answers.shareList,
          example: { items: [{ ...CONTACT, createdAt: EXAMPLE.time }], nextCursor: null },
        },
      },
      problems: ['not_found'],
    },
    'PUT /api/photos/{id}/shares/{hash}': {
      id: 'sharePhoto',
      summary: 'Shares a photo of yours with somebody',
      text: 'They may see it, without its metadata. The answer is the same whoever it is, and for one that it is shared with already.',
      answers: DONE,
      problems: ['invalid_input', 'not_found', 'photo_not_ready', 'quota_exceeded', 'rate_limited'],
    },
    'DELETE /api/photos/{id}/shares/{hash}': {
      id: 'unsharePhoto',
      summary: 'Takes it back',
      text: 'From the next request; a tag of theirs there goes too.',
      answers: DONE,
      problems: ['invalid_input', 'not_found', 'rate_limited'],
    },
    'GET /api/shared': {
      id: 'listShared',
      summary: 'What others share with you, the newest share first',
      paged: true,
      answers: {
        200: {
          text: 'One page of photos.',
          schema: answers.sharedList,
          example: {
            items: [{ ...SEEN, sharedAt: EXAMPLE.time, sharedWith: EXAMPLE.me }],
            nextCursor: null,
          },
        },
      },
    },
    'GET /api/contacts': {
      id: 'listContacts',
      summary: 'Your own names for people',
      answers: {
        200: {
          text: 'All of them.',
          schema: answers.contactList,
          example: { items: [CONTACT], nextCursor: null },
        },
      },
    },
    'PUT /api/contacts/{hash}': {
      id: 'nameContact',
      summary: 'Names somebody, for yourself alone',
      body: { schema: requests.contactRequest, example: { name: 'Grace' } },
      answers: { 200: { text: 'The name.', schema: answers.contactAnswer, example: CONTACT } },
      problems: ['quota_exceeded', 'rate_limited'],
    },
    'DELETE /api/contacts/{hash}': {
      id: 'deleteContact',
      summary: 'Forgets your name for somebody',
      answers: DONE,
      problems: ['invalid_input', 'rate_limited'],
    },
  },
}
