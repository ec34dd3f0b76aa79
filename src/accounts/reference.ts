import { emptyAnswer } from '../http/answers'
import { DONE, EXAMPLE, type Reference } from '../http/reference'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

const ME = {
  id: EXAMPLE.user,
  email: 'ada@example.com',
  hash: EXAMPLE.me,
  md5: EXAMPLE.md5,
  publicKey: EXAMPLE.publicKey,
  publicLookup: true,
  displayName: 'Ada',
  activePhotoId: EXAMPLE.photo,
  tagPolicy: 'anyone',
  createdAt: EXAMPLE.time,
}
/** The answer of every call that changes the person. */
export const ME_ANSWER = { text: 'You, after it.', schema: answers.meAnswer, example: ME }

const ADDRESS = {
  hash: EXAMPLE.me,
  md5: EXAMPLE.md5,
  email: 'ada@example.com',
  primary: true,
  publicLookup: true,
  follows: true,
  photoId: EXAMPLE.photo,
  createdAt: EXAMPLE.time,
}
const TOKEN = { id: EXAMPLE.apiToken, name: 'Backup script', lastUsedAt: null, createdAt: EXAMPLE.time }
const CODE = { code: '12345678' }
const MAILED = { text: 'Mailed.', schema: emptyAnswer, example: {} }

const { codeRequest, codeProof, profilePatch, addressPatch, tokenRequest } = requests

export const signInReference: Reference = {
  title: 'Signing in',
  folder: 'accounts',
  answers,
  requests,
  calls: {
    'POST /api/sign-in/code': {
      id: 'requestCode',
      summary: 'Mails a code of eight digits to an address',
      text: 'Bound to the browser that asks, by a cookie of ten minutes. The answer is the same whether there is an account or not.',
      who: 'anybody',
      body: { schema: codeRequest, example: { email: 'ada@example.com' } },
      answers: { 202: MAILED },
      problems: ['rate_limited', 'budget_exhausted'],
    },
    'POST /api/sign-in': {
      id: 'signIn',
      summary: 'Signs in with the code',
      text: 'Makes the account at the first time, and sets the cookie of the session.',
      who: 'anybody',
      body: { schema: codeProof, example: CODE },
      answers: { 200: { ...ME_ANSWER, text: 'You.' } },
      problems: ['invalid_code', 'rate_limited', 'budget_exhausted'],
    },
    'POST /api/sign-out': { id: 'signOut', summary: 'Ends this session', who: 'session', answers: DONE },
    'GET /api/sessions': {
      id: 'listSessions',
      summary: 'Lists where you are signed in',
      who: 'session',
      answers: {
        200: {
          text: 'All of them.',
          schema: answers.sessionList,
          example: {
            items: [
              {
                ...{ id: EXAMPLE.session, current: true, browser: 'Firefox on Windows' },
                ...{ createdAt: EXAMPLE.time, lastUsedAt: EXAMPLE.time },
              },
            ],
            nextCursor: null,
          },
        },
      },
    },
    'DELETE /api/sessions/{id}': {
      id: 'endSession',
      summary: 'Ends one session',
      who: 'session',
      answers: DONE,
      problems: ['not_found'],
    },
    'DELETE /api/sessions': {
      id: 'endOtherSessions',
      summary: 'Ends all sessions but this one',
      who: 'session',
      answers: DONE,
    },
    'GET /api/tokens': {
      id: 'listTokens',
      summary: 'Lists your API tokens',
      who: 'session',
      answers: {
        200: {
          text: 'All of them, without their secrets.',
          schema: answers.tokenList,
          example: { items: [TOKEN], nextCursor: null },
        },
      },
    },
    'POST /api/tokens': {
      id: 'createToken',
      summary: 'Makes an API token',
      who: 'session',
      body: { schema: tokenRequest, example: { name: 'Backup script' } },
      answers: {
        201: {
          text: 'The token with its secret, told this once.',
          schema: answers.newTokenAnswer,
          example: { ...TOKEN, token: `cameo_${EXAMPLE.linkToken}` },
        },
      },
      problems: ['quota_exceeded', 'rate_limited'],
    },
    'DELETE /api/tokens/{id}': {
      id: 'deleteToken',
      summary: 'Revokes an API token',
      who: 'session',
      answers: DONE,
      problems: ['not_found'],
    },
  },
}

export const accountReference: Reference = {
  title: 'You',
  folder: 'accounts',
  calls: {
    'GET /api/me': {
      id: 'readMe',
      summary: 'Who you are',
      answers: { 200: { ...ME_ANSWER, text: 'You.' } },
    },
    'PATCH /api/me': {
      id: 'updateProfile',
      summary: 'Changes your name and your privacy',
      text: '`publicLookup` sets all of your addresses at once, and says that of the primary one.',
      body: { schema: profilePatch, example: { displayName: 'Ada', publicLookup: true } },
      answers: { 200: ME_ANSWER },
      problems: ['rate_limited'],
    },
    'POST /api/me/public-key': {
      id: 'renewPublicKey',
      summary: 'Renews your public key',
      text: 'The old one shows nothing from then on.',
      answers: { 200: ME_ANSWER },
      problems: ['rate_limited'],
    },
    'GET /api/me/export': {
      id: 'exportAccount',
      summary: 'Downloads everything that is yours',
      text: 'A ZIP, made while it is sent: every original, and `account.json` with the rest.',
      who: 'session',
      ownPagesOnly: true,
      answers: { 200: { text: 'The ZIP, as an attachment.', types: ['application/zip'] } },
      problems: ['rate_limited'],
    },
    'POST /api/me/deletion-code': {
      id: 'requestDeletion',
      summary: 'Mails a code with which you can delete your account',
      who: 'session',
      answers: { 202: MAILED },
      problems: ['rate_limited', 'budget_exhausted'],
    },
    'DELETE /api/me': {
      id: 'deleteAccount',
      summary: 'Deletes your account and everything that is yours',
      who: 'session',
      body: { schema: codeProof, example: CODE },
      answers: DONE,
      problems: ['invalid_code', 'rate_limited'],
    },
    'GET /api/addresses': {
      id: 'listAddresses',
      summary: 'Lists your e-mail addresses',
      who: 'session',
      answers: {
        200: {
          text: 'All of them, the primary one first.',
          schema: answers.addressList,
          example: { items: [ADDRESS], nextCursor: null },
        },
      },
    },
    'POST /api/addresses': {
      id: 'requestAddress',
      summary: 'Mails a code to another address of yours',
      text: 'The answer is the same whoever the address belongs to.',
      who: 'session',
      body: { schema: codeRequest, example: { email: 'ada@work.example' } },
      answers: { 202: MAILED },
      problems: ['quota_exceeded', 'rate_limited', 'budget_exhausted'],
    },
    'POST /api/addresses/confirm': {
      id: 'confirmAddress',
      summary: 'Adds the address that the code was mailed to',
      who: 'session',
      body: { schema: codeProof, example: CODE },
      answers: {
        201: {
          text: 'The address.',
          schema: answers.addressAnswer,
          example: { ...ADDRESS, email: 'ada@work.example', hash: EXAMPLE.friend, primary: false },
        },
      },
      problems: ['invalid_code', 'address_in_use', 'quota_exceeded', 'rate_limited'],
    },
    'PATCH /api/addresses/{hash}': {
      id: 'changeAddress',
      summary: 'Changes what an address shows, and who may find it',
      text: 'With `photoId` it shows that photo, or none with null, and follows no more; `follows: true` has it show what the account shows. Either, not both. `primary: true` makes it the primary one.',
      who: 'session',
      body: { schema: addressPatch, example: { photoId: EXAMPLE.photo } },
      answers: {
        200: {
          text: 'The address, after it.',
          schema: answers.addressAnswer,
          example: { ...ADDRESS, follows: false },
        },
      },
      problems: ['not_found', 'photo_not_ready', 'rate_limited'],
    },
    'DELETE /api/addresses/{hash}': {
      id: 'removeAddress',
      summary: 'Removes an address, though not the primary one',
      who: 'session',
      answers: DONE,
      problems: ['not_found', 'primary_address', 'rate_limited'],
    },
  },
}
