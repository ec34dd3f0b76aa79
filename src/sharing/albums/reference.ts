import { DONE, EXAMPLE, type Reference } from '../../http/reference'
import { SEEN } from '../../photos/reference'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

const ALBUM = {
  id: EXAMPLE.album,
  title: 'Summer',
  role: 'owner',
  owner: { hash: EXAMPLE.me, name: 'Ada' },
  coverPhotoId: EXAMPLE.photo,
  photoCount: 24,
  createdAt: EXAMPLE.time,
}
const AFTER = { text: 'The album, after it.', schema: answers.albumAnswer, example: ALBUM }

export const albumsReference: Reference = {
  title: 'Albums',
  folder: 'sharing/albums',
  answers,
  requests,
  calls: {
    'GET /api/albums': {
      id: 'listAlbums',
      summary: 'Your albums, and those that you are a member of, the newest first',
      paged: true,
      answers: {
        200: {
          text: 'One page of them.',
          schema: answers.albumList,
          example: { items: [ALBUM], nextCursor: null },
        },
      },
    },
    'POST /api/albums': {
      id: 'createAlbum',
      summary: 'Makes an album',
      body: { schema: requests.albumRequest, example: { title: 'Summer' } },
      answers: {
        201: {
          text: 'The album.',
          schema: answers.albumAnswer,
          example: { ...ALBUM, coverPhotoId: null, photoCount: 0 },
        },
      },
      problems: ['quota_exceeded', 'rate_limited'],
    },
    'GET /api/albums/{id}': {
      id: 'readAlbum',
      summary: 'One album',
      answers: { 200: { ...AFTER, text: 'The album.' } },
      problems: ['not_found'],
    },
    'PATCH /api/albums/{id}': {
      id: 'updateAlbum',
      summary: 'Changes title and cover of an album of yours',
      text: 'The cover is a photo that is in it, or null. Both change or none.',
      body: { schema: requests.albumPatch, example: { title: 'Summer', coverPhotoId: EXAMPLE.photo } },
      answers: { 200: AFTER },
      problems: ['not_found', 'rate_limited'],
    },
    'DELETE /api/albums/{id}': {
      id: 'deleteAlbum',
      summary: 'Deletes an album of yours; its photos stay',
      answers: DONE,
      problems: ['not_found', 'rate_limited'],
    },
    'GET /api/albums/{id}/photos': {
      id: 'listAlbumPhotos',
      summary: 'What is in it, the newest photo first',
      paged: true,
      answers: {
        200: {
          text: 'One page of photos.',
          schema: answers.albumPhotoList,
          example: { items: [SEEN], nextCursor: null },
        },
      },
      problems: ['not_found'],
    },
    'PUT /api/albums/{id}/photos/{photoId}': {
      id: 'addAlbumPhoto',
      summary: 'Adds a photo of your own',
      text: 'Its owner and its contributors may. One that is there stays.',
      answers: DONE,
      problems: ['not_found', 'photo_not_ready', 'quota_exceeded', 'rate_limited'],
    },
    'DELETE /api/albums/{id}/photos/{photoId}': {
      id: 'removeAlbumPhoto',
      summary: 'Takes a photo out',
      text: 'Its owner any, a contributor their own. It is the cover no more.',
      answers: DONE,
      problems: ['not_found', 'rate_limited'],
    },
    'GET /api/albums/{id}/members': {
      id: 'listMembers',
      summary: 'Who is in it, the newest first',
      answers: {
        200: {
          text: 'All of them.',
          schema: answers.memberList,
          example: {
            items: [{ hash: EXAMPLE.friend, name: 'Grace', role: 'viewer', createdAt: EXAMPLE.time }],
            nextCursor: null,
          },
        },
      },
      problems: ['not_found'],
    },
    'PUT /api/albums/{id}/members/{hash}': {
      id: 'putMember',
      summary: 'Makes somebody a member, or changes what they may do',
      text: 'Its owner may. Who becomes a viewer takes the photos that they added along.',
      body: { schema: requests.memberRequest, example: { role: 'contributor' } },
      answers: DONE,
      problems: ['not_found', 'quota_exceeded', 'rate_limited'],
    },
    'DELETE /api/albums/{id}/members/{hash}': {
      id: 'removeMember',
      summary: 'Removes a member, or leaves',
      text: 'Its owner anybody; a member themself, by the hash of any address of theirs. The photos that they added go too.',
      answers: DONE,
      problems: ['invalid_input', 'not_found', 'rate_limited'],
    },
  },
}
