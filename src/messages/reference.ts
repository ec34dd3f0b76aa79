import { DONE, EXAMPLE, type Reference } from '../http/reference'
import * as answers from './answers'
import * as requests from './schemas'

// What the calls of this feature are to whoever writes a program; see http/reference.ts.

const MESSAGE = {
  ...{ id: EXAMPLE.message, mine: true, kind: 'message', text: 'Look at this bridge!' },
  ...{ photo: null, album: null, createdAt: EXAMPLE.time },
}
const BETWEEN = { hash: EXAMPLE.friend, name: 'Grace', mine: EXAMPLE.me }
const UNREAD = { schema: answers.unreadAnswer, example: { people: 2 } }
const BLOCK = { hash: EXAMPLE.friend, name: 'Grace', blocked: true }

export const messagesReference: Reference = {
  title: 'Messages',
  folder: 'messages',
  answers,
  requests,
  calls: {
    'POST /api/messages': {
      id: 'sendMessage',
      summary: 'Writes to somebody, sends a photo of yours, or both',
      text: 'The photo is thereby shared with them. Without `from`: the address that they wrote to last, else the one that you wrote from, else your primary one.',
      headers: {
        'Idempotency-Key': {
          text: 'A name of your own for this message, up to 200 characters. The same key and body within a day is the same message and the same answer.',
          example: '0b7f6b1e-first-try',
        },
      },
      body: {
        schema: requests.messageRequest,
        example: { to: EXAMPLE.friend, text: 'Look at this bridge!' },
      },
      answers: { 201: { text: 'The message.', schema: answers.messageAnswer, example: MESSAGE } },
      problems: [
        ...(['not_found', 'quota_exceeded', 'idempotency_conflict'] as const),
        ...(['rate_limited', 'budget_exhausted'] as const),
      ],
    },
    'GET /api/conversations': {
      id: 'listConversations',
      summary: 'Whom you are in touch with, the newest message first',
      paged: true,
      answers: {
        200: {
          text: 'One page of them.',
          schema: answers.conversationList,
          example: { items: [{ ...BETWEEN, last: MESSAGE, unread: false }], nextCursor: null },
        },
      },
    },
    'GET /api/conversations/{hash}': {
      id: 'readThread',
      summary: 'One conversation, the newest message first',
      text: 'Empty for whom you never wrote with.',
      paged: true,
      query: {
        as: {
          text: 'The hash of your own address in it. Without it: the address that they wrote to last, else the one that you wrote from, else your primary one.',
          pattern: '^[0-9a-fA-F]{64}$',
          example: EXAMPLE.me,
        },
      },
      answers: {
        200: {
          text: 'One page of messages.',
          schema: answers.threadAnswer,
          example: { ...BETWEEN, blocked: false, items: [MESSAGE], nextCursor: null },
        },
      },
      problems: ['not_found'],
    },
    'GET /api/blocks': {
      id: 'listBlocks',
      summary: 'Whom you block',
      answers: {
        200: {
          text: 'All of them.',
          schema: answers.blockList,
          example: { items: [BLOCK], nextCursor: null },
        },
      },
    },
    'GET /api/blocks/{hash}': {
      id: 'readBlock',
      summary: 'Whether you block somebody',
      answers: { 200: { text: 'Yes or no.', schema: answers.blockAnswer, example: BLOCK } },
      problems: ['not_found'],
    },
    'PUT /api/blocks/{hash}': {
      id: 'blockPerson',
      summary: 'Blocks somebody, under all of their addresses',
      text: 'Nothing of theirs arrives, is counted or told, and they are told nothing.',
      answers: DONE,
      problems: ['invalid_input', 'not_found', 'quota_exceeded', 'rate_limited'],
    },
    'DELETE /api/blocks/{hash}': {
      id: 'unblockPerson',
      summary: 'Blocks them no more',
      answers: DONE,
      problems: ['not_found', 'rate_limited'],
    },
    'GET /api/inbox/unread': {
      id: 'readUnread',
      summary: 'How many different people wrote since you last opened the inbox',
      answers: { 200: { text: 'The number.', ...UNREAD } },
    },
    'POST /api/inbox/open': {
      id: 'openInbox',
      summary: 'Opens the inbox up to a message, on all devices',
      text: 'Name the newest message that you showed: what came meanwhile stays new.',
      body: { schema: requests.openRequest, example: { upTo: EXAMPLE.message } },
      answers: { 200: { text: 'The number from then on.', ...UNREAD, example: { people: 0 } } },
      problems: ['not_found', 'rate_limited'],
    },
    'GET /api/inbox/live': {
      id: 'watchInbox',
      summary: 'A WebSocket that sends the number whenever it changes',
      text: 'Sends `{"people": 2}` at once and after every change, for our own pages alone. Answers `ping` with `pong`; anything else closes it (1008). 4001: the session ended. 4002: more than 20 are open.',
      who: 'session',
      ownPagesOnly: true,
      headers: { upgrade: { text: 'Nothing else.', values: ['websocket'], example: 'websocket' } },
      answers: { 101: { text: 'The socket is open.' } },
      problems: ['invalid_input', 'rate_limited'],
    },
  },
}
