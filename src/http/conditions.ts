/** What a request makes its answer depend on. `If-Modified-Since` is no part of it: nothing of ours has a date. */
export interface Conditions {
  ifMatch: string | null
  ifNoneMatch: string | null
}

export function readConditions(headers: Headers): Conditions {
  return { ifMatch: headers.get('if-match') || null, ifNoneMatch: headers.get('if-none-match') || null }
}

/**
 * The status that an answer of 200 with this ETag becomes: `If-Match` comes first and needs the very bytes,
 * `If-None-Match` is compared weakly (RFC 9110, sections 13.1.1, 13.1.2, 13.2.2). For other answers than 200 nothing
 * is to be asked (section 13.2.1).
 * @param etag strong, with its quotes
 */
export function judgeConditions({ ifMatch, ifNoneMatch }: Conditions, etag: string): 200 | 304 | 412 {
  if (ifMatch !== null && !names(ifMatch, etag, false)) return 412
  return ifNoneMatch !== null && names(ifNoneMatch, etag, true) ? 304 : 200
}

/** Whether a list of tags, or `*`, names this ETag. */
function names(header: string, etag: string, weakly: boolean): boolean {
  if (header.trim() === '*') return true
  return [...header.matchAll(/(W\/)?("[^"]*")/g)].some(([, weak, tag]) => tag === etag && (weakly || !weak))
}
