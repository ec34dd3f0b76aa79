// `npm run seed [-- --port 8787] [--scale 1]`: fills the database of a running `npm run dev` with five people, forty
// photos and what they share and write, all through the HTTP door. It can be run again: what is missing is added, what
// was changed is put back, and nothing is deleted. A smaller scale draws smaller pictures, which takes a fraction of the
// time. Each run takes one of the five sign-in codes an hour that a person gets.
import { parseArgs } from 'node:util'
import { checkServer, listPhotos, Refusal, signIn, uploadPhoto } from './seed/door.mjs'
import { PEOPLE } from './seed/people.mjs'
import { drawPicture } from './seed/pictures.mjs'
import { joinPeople } from './seed/together.mjs'

/** What is made, in this order. A step takes the visits of all people, `{ person, call, scale }`. */
const STEPS = [writeProfiles, addPhotos, choosePictures, joinPeople]

try {
  const { port, scale } = readOptions()
  const origin = `http://localhost:${port}`
  await checkServer(origin)
  const visits = await inTurn(PEOPLE, async (person) => ({
    person,
    call: await signIn(origin, person.email),
    scale,
  }))
  for (const step of STEPS) await step(visits)
  await printPeople(origin, visits)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function writeProfiles(visits) {
  await inTurn(visits, ({ person: { displayName, publicLookup = true }, call }) =>
    call('PATCH', '/api/me', { displayName, publicLookup }),
  )
}

/** Photos that are there by their alt text stay; their rating is put back. The people do not wait for each other. */
async function addPhotos(visits) {
  const additions = visits.map(async ({ person, call, scale }) => {
    const there = byAltText(await listPhotos(call))
    await inTurn(person.photos, async (picture) => {
      const { altText, rating = 'g' } = picture
      const known = there.get(altText)
      if (known && known.rating !== rating) await call('PATCH', `/api/photos/${known.id}`, { rating })
      if (known) return
      await uploadPhoto(call, { ...(await drawPicture(picture, scale)), altText, rating })
      console.log(`added for ${person.email}: ${altText}`)
    })
  })
  await Promise.all(additions)
}

async function choosePictures(visits) {
  await inTurn(visits, async ({ person, call }) => {
    const chosen = person.photos.find(({ number }) => number === person.active)
    const there = byAltText(await listPhotos(call))
    const photoId = chosen ? there.get(chosen.altText).id : null
    const { activePhotoId } = await call('GET', '/api/me')
    if (activePhotoId !== photoId) await call('PUT', '/api/me/active-photo', { photoId })
  })
}

async function printPeople(origin, visits) {
  console.log(`\nSign in at ${origin} as one of these; the code is in ${origin}/cdn-cgi/local/explorer/email`)
  await inTurn(visits, async ({ person, call }) => {
    const { hash, publicKey } = await call('GET', '/api/me')
    console.log(`\n${person.email}  ${person.displayName}\n  ${person.note}`)
    // By the hash, somebody whose look-up is off is like somebody unknown.
    console.log(`  ${origin}/${person.publicLookup === false ? publicKey : hash}?${person.query ?? 's=400'}`)
  })
}

/** One after the other: what is listed by time then has the same order every time. */
async function inTurn(items, act) {
  const results = []
  for (const item of items) results.push(await act(item))
  return results
}

function byAltText(photos) {
  return new Map(photos.map((photo) => [photo.altText, photo]))
}

function readOptions() {
  try {
    const options = {
      port: { type: 'string', default: '8787' },
      scale: { type: 'string', default: '1' },
    }
    const { values } = parseArgs({ options })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`Not a port: ${values.port}`)
    const scale = Number(values.scale)
    if (!(scale > 0 && scale <= 1)) throw new Error(`Not a scale above 0 and up to 1: ${values.scale}`)
    return { port, scale }
  } catch (error) {
    throw new Refusal(error.message)
  }
}
