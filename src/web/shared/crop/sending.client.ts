import { t } from '../../../lang/crop'
import { formatBytes } from '../../../lang/formats'
import type { CropBox, PhotoJson } from '../../../photos/answers'
import { forget, sendFile, type Upload } from '../uploads/upload.client'
import { rawPath } from '../urls'
import { cutSquare, fetchOriginal } from './cut.client'
import { rememberTurn } from './drafts.client'
import { type Framing, type Sides, toBox } from './framing'

interface Sent {
  userId: string
  photo: PhotoJson
  /** Upright, in pixels of the original. */
  picture: Sides
  maxBytes: number
  /** Says what is done; the share of it that is done, 0..1, or null where no end is known. */
  tell: (text: string, share: number | null) => void
}

/** A square that was cut, and how far it is. */
interface Square {
  file: File
  more: { cropOf: string; box: CropBox }
  way: Upload
}

/** The way of a square from the original to the server. What is done is kept: another try goes on from there. */
export function startSending({ userId, photo, picture, maxBytes, tell }: Sent) {
  let original: Promise<ImageBitmap> | null = null
  let square: Square | null = null
  let cancel = new AbortController()

  /** Fetches the original, which may take longer than all else. */
  function load(): Promise<ImageBitmap> {
    if (cancel.signal.aborted) cancel = new AbortController()
    if (original) return original
    const paths = { original: rawPath(userId, photo.id), instead: rawPath(userId, photo.id, 2048) }
    const loading = fetchOriginal(paths, cancel.signal)
    loading.catch(() => {
      original = null // the next try fetches it anew
    })
    original = loading
    return loading
  }

  async function cut(framing: Framing): Promise<Square> {
    tell(t().fetching, null)
    const whole = await load()
    tell(t().cutting, null)
    const file = await cutSquare(whole, { framing, picture, contentType: photo.contentType, maxBytes })
    const more = { cropOf: photo.id, box: toBox(framing, picture) }
    return { file, more, way: { prepared: null, sent: 'no' } }
  }

  /** @throws Refusal */
  async function send(framing: Framing): Promise<void> {
    square ??= await cut(framing)
    const { file, more, way } = square
    const telling = {
      signal: cancel.signal,
      keep: async () => {},
      sent: (share: number) => tell(t().sent(formatBytes(share * file.size), formatBytes(file.size)), share),
      checking: () => tell(t().checking, null),
    }
    const made = await sendFile(way, file, telling, more)
    square = null
    rememberTurn(made.id, framing.turn)
  }

  /** Takes back what was sent of a square that is another one by now. */
  function takeBack(): void {
    const old = square
    square = null
    if (old) void forget(old.way)
  }

  return {
    loadAhead: () => void load().catch(() => {}),
    send,
    takeBack,
    /** Stops what is under way. Whether something was is known by `isStopped`. */
    stop: () => {
      cancel.abort()
      takeBack()
    },
    isStopped: () => cancel.signal.aborted,
    /** Lets go of the original: a large one takes hundreds of megabytes. */
    release: () => {
      void original?.then((bitmap) => bitmap.close()).catch(() => {})
      original = null
    },
  }
}
