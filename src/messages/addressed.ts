import type { AddressedTable } from '../accounts/addressed'
import { UNDELIVERED } from '../db/post'
import { conversations, messages } from '../db/schema'

/** What others wrote to a person. A conversation goes by its newest message. */
export const WRITTEN_TO: readonly AddressedTable[] = [
  { table: messages, hash: messages.recipientHash, createdAt: messages.createdAt, mark: UNDELIVERED },
  {
    ...{ table: conversations, hash: conversations.recipientHash, createdAt: conversations.lastMessageAt },
    mark: UNDELIVERED,
  },
]
