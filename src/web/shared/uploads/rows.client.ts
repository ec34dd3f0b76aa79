import type { PhotoJson } from '../../../photos/answers'
import type { PreparedUpload } from '../../../uploads/answers'
import type { Reason } from '../api.client'

/** Why a row does not go on by itself: what a call was refused for, or what the tray itself has to say. */
export type Why = Reason | 'heic' | 'not_in_album' | 'shared'

/** Where pictures go besides one's own photos. */
export interface Target {
  id: string
  title: string
}

/** One file in the tray. It is kept as it is, so that the next page goes on where this one ended. */
export interface Row {
  id: string
  /** Whose it is. */
  user: string
  name: string
  bytes: number
  addedAt: number
  album: Target | null
  /** `waiting` is also what is under way; `asks` is a question to the person, `failed` what went wrong. */
  state: 'waiting' | 'asks' | 'failed' | 'done'
  why: Why | null
  /** The server's public text, where it gave one. */
  detail: string
  /** Whether the same file may pass when it is tried again. */
  again: boolean
  /** Taken in even if the same bytes are there already. */
  anyway: boolean
  /** The person wants a smaller copy of it. */
  smaller: boolean
  /** MD5 of what is sent. */
  md5: string | null
  prepared: PreparedUpload | null
  /** How far the bytes are: `begun` may have got through or not. */
  sent: 'no' | 'begun' | 'yes'
  /** The photo that it became. */
  photo: PhotoJson | null
  doneAt: number | null
  /** The file lies in the browser's store, so that nothing is lost when the page goes. */
  kept: boolean
  /** What happens with it just now; null where nothing does. */
  step: 'starting' | 'converting' | 'sending' | 'checking' | null
  /** Share of the bytes that are sent, 0..1. */
  share: number
}

/** Why nothing goes on at all just now. */
export type Gate = 'open' | 'offline' | 'signed out'

/** @param place of the file among those that are added with it */
export function makeRow(
  file: File,
  { user, album, place }: { user: string; album: Target | null; place: number },
): Row {
  return {
    id: crypto.randomUUID(),
    user,
    name: file.name,
    bytes: file.size,
    addedAt: Date.now() + place / 1000, // the store gives them back in this order
    album,
    ...{ state: 'waiting', why: null, detail: '', again: false, anyway: false, smaller: false },
    ...{ md5: null, prepared: null, sent: 'no', photo: null, doneAt: null, kept: false },
    ...{ step: null, share: 0 },
  }
}
