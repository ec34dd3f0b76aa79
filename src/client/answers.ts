// What the API answers (see toPhoto, toMe and listTokens of the server), as far as the pages use it. Its own types
// cannot be imported here: they lead to those of the Workers runtime, which are not those of a browser.

export interface PhotoJson {
  id: string
  contentType: string
  bytes: number
  width: number | null
  height: number | null
  rating: string
  altText: string
  active: boolean
  /** Milliseconds since 1970. */
  createdAt: number
}

export interface MeJson {
  publicKey: string
  publicLookup: boolean
}

export interface TokenJson {
  id: string
  name: string
  /** Milliseconds since 1970. */
  createdAt: number
}
