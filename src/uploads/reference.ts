import { EXAMPLE, type Reference } from '../http/reference'
import { MINUTE } from '../lib/time'
import { photoAnswer } from '../photos/answers'
import { PHOTO } from '../photos/reference'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

const ADDED = { ...PHOTO, altText: '', active: false, crop: null }

export const uploadsReference: Reference = {
  title: 'Uploads',
  folder: 'uploads',
  answers,
  requests,
  calls: {
    'POST /api/photos': {
      id: 'prepareUpload',
      summary: 'Prepares an upload: where to send the file',
      text: 'The URL is good for ten minutes, once, and for one file of just that type and length. Send the file with the headers that the answer names and no token. With `cropOf` and `box` the file is a square cut out of that photo of yours: it shows where that photo is active.',
      body: {
        schema: requests.uploadRequest,
        example: { contentType: 'image/jpeg', bytes: 2_483_112, fileName: 'bridge.jpg' },
      },
      answers: {
        201: {
          text: 'The photo to be, and how to upload it.',
          schema: answers.preparedAnswer,
          example: {
            id: EXAMPLE.photo,
            upload: {
              method: 'PUT',
              url: `https://storage.example/cameo-uploads/${EXAMPLE.user}/${EXAMPLE.photo}/…?X-Amz-Signature=…`,
              headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' },
              expiresAt: EXAMPLE.time + 10 * MINUTE,
            },
          },
        },
      },
      problems: ['not_found', 'photo_not_ready', 'quota_exceeded', 'rate_limited', 'storage_not_configured'],
    },
    'POST /api/photos/{id}/complete': {
      id: 'completeUpload',
      summary: 'Looks at what arrived, and takes it',
      text: 'May be repeated. What is not a picture, is damaged or is not what was announced is deleted: the next call is 404.',
      body: { schema: requests.completion, example: { standIn: PHOTO.standIn }, optional: true },
      answers: { 200: { text: 'The photo.', schema: photoAnswer, example: ADDED } },
      problems: [
        ...(['not_found', 'not_uploaded', 'rate_limited', 'budget_exhausted'] as const),
        ...(['not_an_image', 'type_mismatch', 'size_mismatch', 'too_many_pixels', 'damaged'] as const),
      ],
    },
    'POST /api/photos/import': {
      id: 'importPhoto',
      summary: 'Fetches the picture that another service shows for your primary address',
      text: 'At most once: the same picture is not added twice.',
      body: { schema: requests.importRequest, example: { from: 'gravatar' } },
      answers: {
        200: { text: 'The photo, which was here already.', schema: photoAnswer, example: ADDED },
        201: { text: 'The new photo.', schema: photoAnswer, example: ADDED },
      },
      problems: [
        ...(['not_found', 'quota_exceeded', 'rate_limited', 'budget_exhausted'] as const),
        ...(['not_an_image', 'type_mismatch', 'size_mismatch', 'too_many_pixels', 'damaged'] as const),
      ],
    },
  },
}
