import { DONE, EXAMPLE, type Reference } from '../http/reference'
import { SEEN } from '../photos/reference'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

const BOX = { x: 0.25, y: 0.1, width: 0.2, height: 0.3 }

export const tagsReference: Reference = {
  title: 'People in photos',
  folder: 'tags',
  answers,
  requests,
  calls: {
    'GET /api/photos/{id}/tags': {
      id: 'listTags',
      summary: 'Who is in a photo that you may see',
      query: {
        w: {
          type: 'integer',
          text: 'Adds `pixels`: the box in whole pixels of the picture that `/raw` gives for the same `w`.',
          example: '640',
        },
      },
      answers: {
        200: {
          text: 'All of them.',
          schema: answers.tagList,
          example: {
            items: [
              {
                ...{ hash: EXAMPLE.friend, name: 'Grace', ...BOX, byMe: true },
                pixels: { x: 160, y: 48, width: 128, height: 144 },
              },
            ],
            nextCursor: null,
          },
        },
      },
      problems: ['not_found'],
    },
    'PUT /api/photos/{id}/tags/{hash}': {
      id: 'tagPerson',
      summary: 'Tags somebody, or moves the box of their tag',
      text: 'The box is in parts of the photo as people see it, from its top left corner, each side at least 0.001. **204 does not say that there is a tag**: what is refused is answered like what is not.',
      body: { schema: requests.boxInput, example: BOX },
      answers: DONE,
      problems: ['not_found', 'quota_exceeded', 'rate_limited'],
    },
    'DELETE /api/photos/{id}/tags/{hash}': {
      id: 'untagPerson',
      summary: 'Takes a tag away',
      text: 'The owner of the photo, who tagged, and who is tagged may.',
      answers: DONE,
      problems: ['not_found', 'rate_limited'],
    },
    'GET /api/photos/{id}/suggestions': {
      id: 'suggestTags',
      summary: 'The faces that the file of your own photo tells of',
      text: 'Regions of the Metadata Working Group and of Microsoft, as digiKam, Lightroom, Picasa and Windows write them, in JPEG, PNG and WebP. At most 100; nothing is tagged by it.',
      answers: {
        200: {
          text: 'All of them.',
          schema: answers.suggestionList,
          example: { items: [{ name: 'Grace', ...BOX }], nextCursor: null },
        },
      },
      problems: ['not_found', 'photo_not_ready'],
    },
    'GET /api/tagged': {
      id: 'listTagged',
      summary: 'The photos that you are tagged in, the newest tag first',
      paged: true,
      answers: {
        200: {
          text: 'One page of photos.',
          schema: answers.taggedList,
          example: { items: [{ ...SEEN, taggedAt: EXAMPLE.time }], nextCursor: null },
        },
      },
    },
  },
}
