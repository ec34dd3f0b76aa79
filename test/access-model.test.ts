import { env } from 'cloudflare:workers'
import { and, inArray, or, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AddressedJob, eraseAddressed } from '../src/accounts/addressed'
import { leave, requestLeaving } from '../src/accounts/leaving'
import { type Capabilities, openCapabilities } from '../src/capabilities'
import { addresses, photos, users } from '../src/db/schema'
import { Problem } from '../src/http/problems'
import { hashEmail } from '../src/lib/email-hash'
import { findPhotoByLink, findVisiblePhoto, isShownTo } from '../src/photos/access'
import { deletePhoto } from '../src/photos/photos'
import { createAlbum, deleteAlbum } from '../src/sharing/albums/albums'
import { putMember, removeMember } from '../src/sharing/albums/members'
import { addAlbumPhoto, listAlbumPhotos, removeAlbumPhoto } from '../src/sharing/albums/photos'
import { createLink, deleteLink } from '../src/sharing/links/links'
import { SHOWN_TO } from '../src/sharing/people/addressed'
import { listShared } from '../src/sharing/people/shared'
import { sharePhoto, unsharePhoto } from '../src/sharing/people/shares'
import { listTagged } from '../src/tags/tagged'
import { tagPerson, untagPerson } from '../src/tags/tagging'
import { seedPhoto } from './seeds'
import { ask, holdMail, newPerson, type Person } from './support'

// Whatever several people do with their photos, everybody sees what a plain model says and nothing else.

interface Someone {
  emails: string[]
  /** Of their e-mails; the first is the primary one. */
  hashes: string[]
  /** Null while they have no account. */
  account: Person | null
}

interface Album {
  owner: Someone
  /** Who added it, by photo. */
  photos: Map<string, Someone>
  /** By hash. */
  members: Map<string, 'viewer' | 'contributor'>
}

interface Tag {
  by: Someone
  removed: boolean
}

/** What the service should hold, in plain words. What names a photo and a hash does so as `{photo} {hash}`. */
interface World {
  people: Someone[]
  photos: Map<string, Someone>
  shares: Set<string>
  tags: Map<string, Tag>
  albums: Map<string, Album>
  links: Map<string, { id: string; kind: 'photo' | 'album'; to: string }>
}

/** Who may do what they do most of the time; else anybody. */
const step = fc.record({
  what: fc.constantFrom(
    ...[
      'share',
      'share',
      'unshare',
      'album',
      'add',
      'add',
      'add',
      'add',
      'take',
      'member',
      'member',
      'member',
    ],
    ...[
      'member',
      'drop',
      'leave album',
      'delete album',
      'link',
      'link',
      'revoke',
      'tag',
      'tag',
      'tag',
      'tag',
    ],
    ...['untag', 'untag', 'delete', 'leave', 'arrive', 'arrive'],
  ),
  rightly: fc.integer({ min: 0, max: 7 }).map((chance) => chance > 0),
  who: fc.nat(4),
  whom: fc.nat(5),
  photo: fc.nat(7),
  album: fc.nat(3),
  contributes: fc.boolean(),
  /** What is asked through the public door after it. */
  look: fc.record({ who: fc.nat(4), photo: fc.nat(7), link: fc.nat(7) }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const nowhere: Pick<Queue, 'send' | 'sendBatch'> = {
  send: async () => ({}) as QueueSendResponse,
  sendBatch: async () => ({}) as QueueSendBatchResponse,
}

/** As the Worker has them, but for the queues: what they bring is done at once where it counts. */
function open(erasures = nowhere): Capabilities {
  const queues = { purges: nowhere, privacyPurges: nowhere, erasures } as Partial<Capabilities>
  return { ...openCapabilities(env, Date.now()), ...queues }
}

/** How many each of them has. */
const PHOTOS = [2, 2, 1, 1, 1]

async function arrive(world: World, someone: Someone): Promise<void> {
  if (someone.account) return
  const [primary = '', ...others] = someone.emails
  const account = await newPerson(primary)
  someone.account = account
  for (const email of others)
    await open()
      .db.insert(addresses)
      .values({
        ...(await hashEmail(email)),
        email,
        userId: account.id,
        isPrimary: false,
        createdAt: Date.now(),
      })
  for (let i = 0; i < (PHOTOS[world.people.indexOf(someone)] ?? 0); i++)
    world.photos.set(await seedPhoto(account), someone)
}

/** Five people; the second has two addresses, the last no account yet. */
async function newWorld(): Promise<World> {
  const people = await Promise.all(
    [1, 2, 1, 1, 1].map(async (count) => {
      const emails = Array.from({ length: count }, () => `${crypto.randomUUID()}@example.com`)
      const hashes = (await Promise.all(emails.map(hashEmail))).map(({ hash }) => hash)
      return { emails, hashes, account: null }
    }),
  )
  const world: World = {
    people,
    photos: new Map(),
    shares: new Set(),
    tags: new Map(),
    albums: new Map(),
    links: new Map(),
  }
  for (const someone of people.slice(0, 4)) await arrive(world, someone)
  const begin = { rightly: true, album: 0, photo: 0, look: { who: 0, photo: 0, link: 0 } }
  for (const who of [0, 2]) await take(world, { ...begin, what: 'album', who, whom: 0, contributes: false })
  for (const whom of [2, 3, 5]) // the second address of the second person; the third; who has no account
    for (const album of [0, 1])
      await take(world, { ...begin, what: 'member', who: 0, whom, album, contributes: whom !== 3 })
  for (const photo of [0, 1, 2])
    await take(world, { ...begin, what: 'add', who: 0, whom: 0, album: photo % 2, photo, contributes: false })
  return world
}

// The rules.

const isMember = ({ hashes }: Someone, album: Album) => hashes.some((hash) => album.members.has(hash))
const mayAdd = (someone: Someone, album: Album) =>
  album.owner === someone || someone.hashes.some((hash) => album.members.get(hash) === 'contributor')
const standsIn = (album: Album, photo: string) => {
  const by = album.photos.get(photo)
  return by !== undefined && mayAdd(by, album)
}

function sees(world: World, someone: Someone, photo: string): boolean {
  const owner = world.photos.get(photo)
  if (!someone.account || !owner) return false
  if (owner === someone) return true
  const isAddressed = someone.hashes.some((hash) => {
    const tag = world.tags.get(`${photo} ${hash}`)
    return world.shares.has(`${photo} ${hash}`) || (tag && !tag.removed && tag.by === owner)
  })
  const isInAlbum = [...world.albums.values()].some(
    (album) => standsIn(album, photo) && (album.owner === someone || isMember(someone, album)),
  )
  return isAddressed || isInAlbum
}

/** Whether an address, and not who has it, is one that the photo is shown to. */
function isShownToAddress(world: World, photo: string, hash: string): boolean {
  const owner = world.photos.get(photo)
  const tag = world.tags.get(`${photo} ${hash}`)
  return (
    owner?.hashes[0] === hash ||
    world.shares.has(`${photo} ${hash}`) ||
    (tag !== undefined && !tag.removed && tag.by === owner) ||
    [...world.albums.values()].some(
      (album) => standsIn(album, photo) && (album.members.has(hash) || album.owner.hashes[0] === hash),
    )
  )
}

function isLinked(world: World, token: string, photo: string): boolean {
  const link = world.links.get(token)
  if (!link || !world.photos.has(photo)) return false
  if (link.kind === 'photo') return link.to === photo
  const album = world.albums.get(link.to)
  return album !== undefined && standsIn(album, photo)
}

// What people do.

/** Photos that count in an album no more have gone from it for good. */
function sweep({ albums }: World): void {
  for (const album of albums.values())
    for (const [photo, by] of album.photos) if (!mayAdd(by, album)) album.photos.delete(photo)
}

function removePhoto(world: World, photo: string): void {
  world.photos.delete(photo)
  const isOf = (key: string) => key.startsWith(`${photo} `)
  for (const key of world.shares) if (isOf(key)) world.shares.delete(key)
  for (const key of world.tags.keys()) if (isOf(key)) world.tags.delete(key)
  for (const album of world.albums.values()) album.photos.delete(photo)
  for (const [token, { to }] of world.links) if (to === photo) world.links.delete(token)
}

function removeAlbum(world: World, id: string): void {
  world.albums.delete(id)
  for (const [token, { to }] of world.links) if (to === id) world.links.delete(token)
}

function removePerson(world: World, someone: Someone): void {
  for (const [photo, owner] of world.photos) if (owner === someone) removePhoto(world, photo)
  for (const [id, { owner }] of world.albums) if (owner === someone) removeAlbum(world, id)
  const isTheirs = (key: string) => someone.hashes.some((hash) => key.endsWith(` ${hash}`))
  for (const key of world.shares) if (isTheirs(key)) world.shares.delete(key)
  for (const [key, { by }] of world.tags) if (by === someone || isTheirs(key)) world.tags.delete(key)
  for (const { members } of world.albums.values()) for (const hash of someone.hashes) members.delete(hash)
  someone.account = null
}

/** Deletes an account, and does at once what is queued of what was addressed to it. */
async function removeAccount({ account }: Someone): Promise<void> {
  if (!account) return
  const jobs: unknown[] = []
  const erasures = {
    ...nowhere,
    sendBatch: async (messages: Iterable<{ body: unknown }>) => {
      jobs.push(...[...messages].map(({ body }) => body))
      return {} as QueueSendBatchResponse
    },
  }
  const mailbox = holdMail()
  const caps = { ...open(erasures as typeof nowhere), email: mailbox }
  const browserId = await requestLeaving(caps, { user: account, client: crypto.randomUUID() })
  await leave(caps, { user: account, browserId, code: mailbox.code() })
  for (const job of jobs)
    if ((job as AddressedJob).addressed)
      await eraseAddressed(caps, { job: job as AddressedJob, tables: SHOWN_TO })
}

const pick = <T>(list: Iterable<T>, at: number): T | undefined => {
  const all = [...list]
  return all[at % Math.max(all.length, 1)]
}

/** Does it in the service and in the model; what the model forbids is refused as what is not there. */
async function take(world: World, one: Step): Promise<void> {
  const { what, rightly, contributes } = one
  const albumId = pick(world.albums.keys(), one.album) ?? crypto.randomUUID()
  const album = world.albums.get(albumId)
  const isOfAlbum = (photo: string) => {
    const owner = world.photos.get(photo)
    return what === 'add' ? owner && album && mayAdd(owner, album) : album?.photos.has(photo)
  }
  /** Photo and hash of somebody to whom the photo is addressed: those who have something to lose. */
  const addressed = [
    ...(what === 'untag' ? [] : world.shares),
    ...[...world.tags].flatMap(([key, { removed }]) => (removed ? [] : key)),
  ]
  const isLoss = rightly && /^(?:unshare|untag|leave)$/.test(what)
  const [lostPhoto, lostHash] = (isLoss && pick(addressed, one.photo)?.split(' ')) || []
  const members = /^(?:drop|leave album)$/.test(what) && rightly ? [...(album?.members.keys() ?? [])] : []
  const everybody = world.people.flatMap(({ hashes }) => hashes)
  const anyHash = lostHash ?? (pick(members.length ? members : everybody, one.whom) as string)
  const isShown = (each: string) =>
    world.people.some((one) => world.photos.get(each) !== one && sees(world, one, each))
  const some = [...world.photos.keys()].filter((each) =>
    what === 'tag' ? contributes || isShown(each) : !/^(?:add|take)$/.test(what) || isOfAlbum(each),
  )
  const photo =
    lostPhoto ?? pick(rightly && some.length ? some : world.photos.keys(), one.photo) ?? crypto.randomUUID()
  // Tags by viewers, of who sees it by another way too: it must not be the tag that shows it when that way ends.
  const seen = everybody.filter((each) => isShownToAddress(world, photo, each))
  const isByViewer = what === 'tag' && rightly && !contributes
  const hash = isByViewer ? (pick(seen, one.whom) ?? anyHash) : anyHash
  const whom = world.people.find(({ hashes }) => hashes.includes(hash)) as Someone
  const [token, link] = pick(world.links, one.photo) ?? ['', undefined]
  const key = `${photo} ${hash}`
  const tag = world.tags.get(key)
  const owner = world.photos.get(photo)
  const viewers = world.people.filter((each) => owner !== each && sees(world, each, photo))
  const byAnybody = world.people[one.who] as Someone
  const right: Record<string, Someone | undefined> = {
    ...{ share: owner, unshare: owner, add: owner, delete: owner, take: album?.owner, member: album?.owner },
    ...{ drop: album?.owner, 'leave album': whom, 'delete album': album?.owner },
    ...{ link: contributes ? owner : album?.owner },
    revoke: link && (link.kind === 'photo' ? world.photos.get(link.to) : world.albums.get(link.to)?.owner),
    tag: contributes ? owner : pick(viewers, one.who),
    untag: contributes ? whom : owner,
    leave: whom,
    arrive: world.people.find(({ account }) => !account),
  }
  const me = (rightly && right[what]) || byAnybody
  if (what === 'arrive') return arrive(world, me)
  if (!me.account) return
  const user = me.account
  const caps = open()
  const ref = { userId: user.id, photoId: photo, albumId, hash }
  const isMine = me.hashes.includes(hash)

  /** Does it; and in the model, where it may be done. */
  const attempt = async (isAllowed: boolean, act: () => Promise<unknown>, apply: () => unknown) => {
    const code = await act().then(
      () => null,
      (error) => (error instanceof Problem ? error.code : error),
    )
    expect([what, code]).toEqual([what, isAllowed ? null : 'not_found'])
    if (isAllowed) apply()
    sweep(world)
  }

  if (what === 'share') {
    await attempt(
      owner === me,
      () => sharePhoto(caps, ref),
      () => isMine || world.shares.add(key),
    )
  } else if (what === 'unshare') {
    await attempt(
      owner === me,
      () => unsharePhoto(caps, ref),
      () => {
        world.shares.delete(key)
        if (tag && !tag.removed) world.tags.delete(key)
      },
    )
  } else if (what === 'album') {
    const { id } = await createAlbum(caps, { userId: user.id, title: 'X' })
    world.albums.set(id, { owner: me, photos: new Map(), members: new Map() })
  } else if (what === 'add') {
    await attempt(
      owner === me && album !== undefined && mayAdd(me, album),
      () => addAlbumPhoto(caps, ref),
      () => album?.photos.set(photo, album.photos.get(photo) ?? me),
    )
  } else if (what === 'take') {
    const by = album?.photos.get(photo)
    await attempt(
      by !== undefined && (album?.owner === me || by === me),
      () => removeAlbumPhoto(caps, ref),
      () => album?.photos.delete(photo),
    )
  } else if (what === 'member') {
    const role = contributes ? 'contributor' : 'viewer'
    await attempt(
      album?.owner === me,
      () => putMember(caps, { ...ref, role }),
      () => isMine || album?.members.set(hash, role),
    )
  } else if (what === 'drop' || what === 'leave album') {
    const leaves = isMine && album !== undefined && isMember(me, album)
    await attempt(
      leaves || (album?.owner === me && album.members.has(hash)),
      () => removeMember(caps, ref),
      () => {
        if (leaves) for (const each of me.hashes) album.members.delete(each)
        album?.members.delete(hash)
      },
    )
  } else if (what === 'delete album') {
    await attempt(
      album?.owner === me,
      () => deleteAlbum(caps, ref),
      () => removeAlbum(world, albumId),
    )
  } else if (what === 'link') {
    const kind = contributes ? 'photo' : 'album'
    const to = contributes ? photo : albumId
    let made: Awaited<ReturnType<typeof createLink>> | undefined
    await attempt(
      (contributes ? owner : album?.owner) === me,
      async () => {
        made = await createLink(caps, { target: { kind, id: to, userId: user.id }, expiresIn: 300 })
      },
      () => made && world.links.set(made.token, { id: made.link.id, kind, to }),
    )
  } else if (what === 'revoke') {
    if (!link) return
    await attempt(
      right.revoke === me,
      () => deleteLink(caps, { target: { kind: link.kind, id: link.to, userId: user.id }, linkId: link.id }),
      () => world.links.delete(token),
    )
  } else if (what === 'tag') {
    const box = { x: 0, y: 0, width: 1, height: 1 }
    const isBarred = [hash, ...(whom.account ? whom.hashes : [])].some(
      (each) => world.tags.get(`${photo} ${each}`)?.removed,
    )
    const isShown = isShownToAddress(world, photo, hash)
    const stands = !isBarred && (owner === me || isMine || isShown) // or nothing is written, and nobody is told
    await attempt(
      sees(world, me, photo),
      () => tagPerson(caps, { user, photoId: photo, hash, box }),
      () => {
        if (!stands) return
        const isTakenOver = !tag || (owner === me && !isShown)
        world.tags.set(key, { by: isTakenOver ? me : tag.by, removed: false })
      },
    )
  } else if (what === 'untag') {
    await attempt(
      sees(world, me, photo),
      () => untagPerson(caps, { user, photoId: photo, hash }),
      () => {
        if (isMine) {
          for (const each of me.hashes)
            if (each === hash || world.tags.has(`${photo} ${each}`))
              world.tags.set(`${photo} ${each}`, { by: me, removed: true })
        } else if (tag && !tag.removed && (tag.by === me || owner === me)) world.tags.delete(key)
      },
    )
  } else if (what === 'delete') {
    await attempt(
      owner === me,
      () => deletePhoto(caps, { user, photoId: photo }),
      () => removePhoto(world, photo),
    )
  } else if (what === 'leave') {
    await removeAccount(me)
    removePerson(world, me)
    sweep(world)
  }
}

/** Of everybody and every photo, who sees which; by the rule itself, in one query. */
async function comparePairs(world: World): Promise<void> {
  const { db } = open()
  const accounts = world.people.flatMap(({ account }) => account?.id ?? [])
  const rows = await db
    .select({ viewer: users.id, photo: photos.id })
    .from(users)
    .innerJoin(photos, inArray(photos.id, [...world.photos.keys(), '']))
    .where(
      and(inArray(users.id, [...accounts, '']), or(sql`${photos.userId} = ${users.id}`, isShownTo(users.id))),
    )
  const seen = rows.map(({ viewer, photo }) => `${viewer} ${photo}`)
  const expected = world.people.flatMap((one) =>
    [...world.photos.keys()]
      .filter((photo) => sees(world, one, photo))
      .map((photo) => `${one.account?.id} ${photo}`),
  )
  expect(seen.toSorted()).toEqual(expected.toSorted())
}

/** One person and one photo, by what shows pictures: only the status is asked for. */
async function comparePicture(world: World, someone: Someone, photo: string): Promise<void> {
  const { account } = someone
  const owner = world.photos.get(photo)?.account
  if (!account || !owner) return
  const expected = sees(world, someone, photo)
  const sight = await findVisiblePhoto(open(), { photoId: photo, viewerId: account.id })
  expect(sight?.as).toBe(expected ? (owner === account ? 'owner' : 'viewer') : undefined)
  const answer = await ask('HEAD', `/raw/${owner.id}/${photo}?w=16`, {
    as: account.session,
    headers: { 'if-none-match': '*' },
  })
  expect(answer.status).toBe(expected ? 304 : 404)
}

async function compareLink(world: World, token: string, photo: string): Promise<void> {
  const found = await findPhotoByLink(open(), { token, photoId: photo })
  expect(found?.sight.as).toBe(isLinked(world, token, photo) ? 'viewer' : undefined)
}

/** Everything, in the end: pictures, links, and what the lists tell. */
async function compareAll(world: World): Promise<void> {
  const ids = [...world.photos.keys()]
  for (const someone of world.people) {
    for (const photo of ids) await comparePicture(world, someone, photo)
    if (!someone.account) continue
    const all = { userId: someone.account.id, limit: 100, cursor: null }
    const named = (keys: Iterable<string>) =>
      new Set(
        [...keys].flatMap((key) =>
          someone.hashes.includes(key.split(' ')[1] ?? '') ? key.split(' ')[0] : [],
        ),
      )
    const told = async (list: Promise<{ items: { id: string }[] }>) =>
      (await list).items.map(({ id }) => id).toSorted()
    expect(await told(listShared(open(), all))).toEqual([...named(world.shares)].toSorted())
    const tags = [...world.tags].flatMap(([key, { removed }]) => (removed ? [] : key))
    const tagged = [...named(tags)].filter((photo) => sees(world, someone, photo ?? ''))
    expect(await told(listTagged(open(), all))).toEqual(tagged.toSorted())
    for (const [albumId, album] of world.albums) {
      const isOpen = album.owner === someone || isMember(someone, album)
      const listed = told(listAlbumPhotos(open(), { ...all, albumId })).catch((error) => error.code)
      expect(await listed).toEqual(isOpen ? [...album.photos.keys()].toSorted() : 'not_found')
    }
  }
  for (const token of world.links.keys()) for (const photo of ids) await compareLink(world, token, photo)
}

it('everybody sees what a plain model says, after each step of whatever five people do', async () => {
  const steps = fc.array(step, { minLength: 40, maxLength: 50 })
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const world = await newWorld()
      /** Revoked ones too. */
      const tokens = new Set<string>()
      for (const one of taken) {
        await take(world, one)
        await comparePairs(world)
        const { look } = one
        const photo = pick(world.photos.keys(), look.photo) ?? ''
        await comparePicture(world, world.people[look.who] as Someone, photo)
        for (const token of world.links.keys()) tokens.add(token)
        const token = pick(tokens, look.link)
        if (token) await compareLink(world, token, photo)
      }
      await compareAll(world)
    }),
    { numRuns: 8, endOnFailure: true },
  )
})
