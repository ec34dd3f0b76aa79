import { formatBytes } from '../../../lang/formats'
import { t } from '../../../lang/uploads'
import { Refusal } from '../api.client'
import { explain } from '../refusals.client'
import type { Gate, Row } from './rows.client'

/** Says how far a row is, or why it does not go on and what to do about it. */
export function describeRow(row: Row, { gate, maxBytes }: { gate: Gate; maxBytes: number }): string {
  if (row.state === 'done') return row.album ? t().doneInAlbum(row.album.title) : t().done
  if (row.state !== 'waiting') return explainRow(row, maxBytes)
  switch (row.step) {
    case 'starting':
      return t().starting
    case 'converting':
      return t().converting
    case 'sending':
      return t().sent(formatBytes(row.share * row.bytes), formatBytes(row.bytes))
    case 'checking':
      return t().checking
  }
  if (gate === 'open') return t().waiting
  return gate === 'offline' ? t().waitingOnline : t().waitingSignedIn
}

function explainRow(row: Row, maxBytes: number): string {
  const asks = row.state === 'asks'
  const [size, limit] = [formatBytes(row.bytes), formatBytes(maxBytes)]
  switch (row.why) {
    case 'empty':
      return t().empty
    case 'unreadable':
      return t().unreadable
    case 'too_large':
      return asks ? t().tooLargeOffer(size, limit) : t().tooLarge(size, limit)
    case 'too_many_pixels':
      return asks ? t().tooManyPixelsOffer : t().tooManyPixels
    case 'unsupported_type':
      return t().notSupported
    case 'not_an_image':
      return t().notAnImage
    case 'type_mismatch':
      return t().changed
    case 'size_mismatch':
    case 'not_uploaded':
      return t().notWhole
    case 'damaged':
      return t().damaged
    case 'already_here':
      return t().alreadyHere
    case 'network':
      return t().network
    case 'heic':
      return t().heic
    case 'not_in_album':
      return t().notInAlbum(row.album?.title ?? '')
    case 'shared':
      return t().shared
    default:
      return explain(new Refusal(row.why ?? 'unavailable', row.detail))
  }
}

/** What the button of a row does, in a word and in words about the file; null where it has none. */
export function describeButton(row: Row, gate: Gate): { word: string; label: string } | null {
  const { name } = row
  if (row.state === 'waiting' && gate === 'offline' && !row.step)
    return { word: t().retry, label: t().retryNamed(name) }
  if (row.state === 'failed' && row.again) return { word: t().retry, label: t().retryNamed(name) }
  if (row.state !== 'asks') return null
  if (row.why === 'already_here') return { word: t().add, label: t().addNamed(name) }
  if (row.why === 'shared') return { word: t().take, label: t().takeNamed(name) }
  return { word: t().smaller, label: t().smallerNamed(name) }
}

/** `12 of 30, 2 failed`; `30 uploaded` once nothing is left to do. */
export function describeAll(rows: Row[], gate: Gate): string {
  const count = (test: (row: Row) => boolean) => rows.filter(test).length
  const done = count(({ state }) => state === 'done')
  const failed = count(({ state }) => state === 'failed')
  const asking = count(({ state }) => state === 'asks')
  const isOver = !rows.some(({ state }) => state === 'waiting')
  return [
    isOver && !failed && !asking ? t().uploaded(done) : t().counted(done, rows.length),
    failed && t().failed(failed),
    asking && t().asking(asking),
    !isOver && gate === 'offline' && t().offline,
    !isOver && gate === 'signed out' && t().signedOut,
  ]
    .filter(Boolean)
    .join(', ')
}
