import { ME_ANSWER } from '../accounts/reference'
import { DONE, EXAMPLE, type Reference } from '../http/reference'
import { DAY } from '../lib/time'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

/** A photo, for the examples. */
export const PHOTO = {
  id: EXAMPLE.photo,
  status: 'ready',
  contentType: 'image/jpeg',
  bytes: 2_483_112,
  width: 4032,
  height: 3024,
  rating: 'g',
  altText: 'Ada on a bridge',
  fileName: 'bridge.jpg',
  active: true,
  crop: { id: EXAMPLE.crop, box: { x: 0.25, y: 0.1, size: 0.5 } },
  cropOf: null,
  takenAt: EXAMPLE.time - DAY,
  standIn: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
  pictures: {
    thumbnail: `https://cameo.example/raw/${EXAMPLE.user}/${EXAMPLE.photo}?w=640`,
    preview: `https://cameo.example/raw/${EXAMPLE.user}/${EXAMPLE.photo}?w=2048`,
    original: `https://cameo.example/raw/${EXAMPLE.user}/${EXAMPLE.photo}`,
  },
  createdAt: EXAMPLE.time,
}
/** The same of somebody else's. */
export const SEEN = {
  id: EXAMPLE.photo,
  userId: EXAMPLE.owner,
  width: 4032,
  height: 3024,
  altText: 'Ada on a bridge',
  standIn: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
  pictures: {
    thumbnail: `https://cameo.example/raw/${EXAMPLE.owner}/${EXAMPLE.photo}?w=640`,
    preview: `https://cameo.example/raw/${EXAMPLE.owner}/${EXAMPLE.photo}?w=2048`,
  },
  createdAt: EXAMPLE.time,
  owner: { hash: EXAMPLE.friend, name: 'Grace' },
}

const { photoPatch, photoQuery, activation, archiveQuery } = requests

export const photosReference: Reference = {
  title: 'Photos',
  folder: 'photos',
  answers,
  requests,
  calls: {
    'GET /api/photos': {
      id: 'listPhotos',
      summary: 'Lists your photos, the newest first',
      text: 'Those whose upload is complete, without crops.',
      paged: true,
      querySchema: photoQuery,
      query: {
        md5: { text: 'Keeps to the photos of exactly these bytes.' },
        order: { text: 'By when they came, or by when they were taken.' },
      },
      answers: {
        200: {
          text: 'One page of them.',
          schema: answers.photoList,
          example: { items: [PHOTO], nextCursor: null },
        },
      },
    },
    'GET /api/photos/zip': {
      id: 'downloadPhotos',
      summary: 'Downloads photos of yours as they were uploaded',
      text: 'A ZIP, made while it is sent.',
      ownPagesOnly: true,
      querySchema: archiveQuery,
      query: {
        ids: { text: 'Of up to 100 photos, with commas between them.', example: EXAMPLE.photo },
      },
      answers: { 200: { text: 'The ZIP, as an attachment.', types: ['application/zip'] } },
      problems: ['not_found', 'rate_limited'],
    },
    'GET /api/usage': {
      id: 'readUsage',
      summary: 'How much room your photos take, and how much they may',
      text: 'What is being uploaded counts.',
      answers: {
        200: {
          text: 'Numbers of photos and bytes.',
          schema: answers.usageAnswer,
          example: { photos: 42, bytes: 104_290_704, maxPhotos: 1000, maxBytes: 1_073_741_824 },
        },
      },
    },
    'GET /api/photos/{id}': {
      id: 'readPhoto',
      summary: 'One photo: yours, or one that you may see',
      text: 'Of your own you are told everything, while its upload goes on too; of others a *SeenPhoto*.',
      answers: { 200: { text: 'The photo.', schema: answers.anyPhoto, example: PHOTO } },
      problems: ['not_found'],
    },
    'PATCH /api/photos/{id}': {
      id: 'updatePhoto',
      summary: 'Changes its alternative text and its rating',
      body: { schema: photoPatch, example: { altText: 'Ada on a bridge' } },
      answers: { 200: { text: 'The photo, after it.', schema: answers.photoAnswer, example: PHOTO } },
      problems: ['not_found', 'rate_limited'],
    },
    'DELETE /api/photos/{id}': {
      id: 'deletePhoto',
      summary: 'Deletes it, in every form and everywhere',
      answers: DONE,
      problems: ['not_found'],
    },
    'DELETE /api/photos/{id}/crop': {
      id: 'removeCrop',
      summary: 'Removes its crop: where it is active, all of it shows',
      answers: DONE,
      problems: ['not_found', 'rate_limited'],
    },
    'PUT /api/me/active-photo': {
      id: 'activatePhoto',
      summary: 'Makes a photo your picture, or none with null',
      text: 'It shows wherever your URL is used; browsers hold the old one up to five minutes.',
      body: { schema: activation, example: { photoId: EXAMPLE.photo } },
      answers: { 200: ME_ANSWER },
      problems: ['not_found', 'photo_not_ready', 'rate_limited'],
    },
  },
}

const WIDTH = {
  w: {
    type: 'integer',
    text: 'How wide at most, in pixels; the next width up that there is. 2048 for what is no number.',
    example: '640',
  },
} as const

/** The answers of a picture at a width. */
export const PICTURE = {
  200: { text: 'The picture, in the best format that `Accept` names.', types: ['image/*'] },
  304: { text: 'The browser holds it already (`If-None-Match`).' },
  412: { text: 'Not the bytes that `If-Match` names.' },
}

export const rawReference: Reference = {
  title: 'Private pictures',
  folder: 'photos',
  calls: {
    'GET /raw/{userId}/{photoId}': {
      id: 'readPicture',
      summary: 'The picture of a photo that you may see',
      text: 'Whole and upright, without metadata. Its owner gets the original as a download where `w` is missing, whole or one range of it; everybody else 2048 pixels.',
      query: WIDTH,
      headers: { range: { text: 'Of the original: one range of bytes.', example: 'bytes=0-1023' } },
      answers: {
        ...PICTURE,
        206: { text: 'One range of the original.', types: ['image/*'] },
        416: { text: 'The original has no such bytes.' },
      },
      problems: ['not_found', 'rate_limited', 'budget_exhausted'],
    },
  },
}
