// What is told of sharing, as the pages draw it.

export interface ContactJson {
  hash: string
  name: string
}

export interface ShareJson extends ContactJson {
  createdAt: number
}

export type Role = 'viewer' | 'contributor'

export interface MemberJson extends ShareJson {
  role: Role
}

export interface LinkJson {
  id: string
  createdAt: number
  expiresAt: number
  hasPassword: boolean
  download: boolean
}

export interface AlbumJson {
  id: string
  title: string
  role: 'owner' | Role
  owner: ContactJson
  coverPhotoId: string | null
  photoCount: number
  createdAt: number
}
