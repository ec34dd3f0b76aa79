import * as z from 'zod/mini'
import { accountReference, signInReference } from '../accounts/reference'
import { picturesReference } from '../avatar/reference'
import * as shared from '../http/answers'
import type { Reference } from '../http/reference'
import { messagesReference } from '../messages/reference'
import { photosReference, rawReference } from '../photos/reference'
import { albumsReference } from '../sharing/albums/reference'
import { linksReference } from '../sharing/links/reference'
import { peopleReference } from '../sharing/people/reference'
import { tagsReference } from '../tags/reference'
import { uploadsReference } from '../uploads/reference'
import { linkReference } from '../web/link/reference'

/** What is of no feature. */
const serviceReference: Reference = {
  title: 'The service',
  folder: 'http',
  answers: shared,
  calls: {
    'GET /api/openapi.json': {
      id: 'readReference',
      summary: 'This reference, as an OpenAPI 3.1 document',
      who: 'anybody',
      answers: {
        200: { text: 'The document.', types: ['application/json'] },
        304: { text: 'As you have it.' },
      },
    },
    'GET /healthz': {
      id: 'readHealth',
      summary: 'Whether the database answers and is as this version needs it',
      who: 'anybody',
      answers: {
        200: {
          text: 'It is.',
          schema: z.strictObject({ status: z.literal('ok') }),
          example: { status: 'ok' },
        },
      },
    },
  },
}

/** All of the reference, in the order in which it is read. */
export const PARTS: readonly Reference[] = [
  ...[photosReference, uploadsReference, accountReference, picturesReference, rawReference],
  ...[peopleReference, albumsReference, linksReference, linkReference, tagsReference, messagesReference],
  ...[signInReference, serviceReference],
]
