import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds that a mail may take to the local mailbox. */
const PATIENCE = 10_000

/** What the caller can do something about; the message is all that is shown. */
export class Refusal extends Error {}

/**
 * Makes sure that a Cameo with a local mailbox answers.
 * @throws Refusal that says what to start
 */
export async function checkServer(origin) {
  const start = `Start Cameo first: npm run dev${origin.endsWith(':8787') ? '' : ` -- --port ${new URL(origin).port}`}`
  const health = await fetch(`${origin}/api/me`).catch(() => null)
  if (!health) throw new Refusal(`Nothing answers at ${origin}. ${start}`)
  const problem = await health.json().catch(() => null)
  const mailbox = await readMailbox(origin).catch(() => null)
  if (problem?.code !== 'unauthenticated' || !mailbox) {
    throw new Refusal(`What answers at ${origin} is no Cameo with a local mailbox. ${start}`)
  }
}

/**
 * Signs somebody in as a browser does, with the code from the local mailbox, and gives what calls the API as them:
 * `call(method, path, json?)` resolves to the body of the answer. `call.cookies` are what a browser has then, by name.
 * @throws Refusal with the server's own words
 */
export async function signIn(origin, email) {
  const cookies = new Map()
  const call = async (method, path, json) => {
    const response = await fetch(new URL(path, origin), {
      method,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    })
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(header)
      cookies.set(name, value)
    }
    const body = await response.json().catch(() => null)
    if (response.ok) return body
    throw new Refusal(
      `${method} ${path} as ${email}: ${response.status} ${body?.detail ?? body?.title ?? ''}`,
    )
  }
  const old = new Set((await readMailbox(origin)).map((mail) => mail.messageId))
  await call('POST', '/api/sign-in/code', { email })
  await call('POST', '/api/sign-in', { code: await waitForCode(origin, { email, old }) })
  return Object.assign(call, { cookies })
}

/** The newest mails; an earlier code of the same person may be among them. */
async function readMailbox(origin) {
  const response = await fetch(`${origin}/cdn-cgi/local/explorer/api/local/email/sending`)
  return (await response.json()).result
}

async function waitForCode(origin, { email, old }) {
  for (let waited = 0; waited < PATIENCE; waited += 100) {
    const mail = (await readMailbox(origin)).find(
      (each) => !old.has(each.messageId) && each.to.includes(email),
    )
    const code = /\b\d{8}\b/.exec(mail?.subject ?? '')?.[0]
    if (code) return code
    await sleep(100)
  }
  throw new Refusal(`No code for ${email} came to the mailbox of ${origin}.`)
}

/**
 * Uploads a picture as the page does and gives the photo. What it is called and rated, if it is, is written before it is
 * complete, so that a run that is broken off leaves no photo that the next one does not know.
 */
export async function uploadPhoto(call, { contentType, bytes, altText, rating, standIn }) {
  const { id, upload } = await call('POST', '/api/photos', { contentType, bytes: bytes.length })
  if (altText !== undefined) await call('PATCH', `/api/photos/${id}`, { altText, rating })
  const stored = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes })
  if (!stored.ok)
    throw new Refusal(`The storage answered ${stored.status} to the upload of ${altText ?? 'a photo'}.`)
  return call('POST', `/api/photos/${id}/complete`, { standIn })
}

/** All ready photos of the person, over all pages. */
export async function listPhotos(call) {
  const photos = []
  let cursor = ''
  do {
    const page = await call(
      'GET',
      `/api/photos?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    photos.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return photos
}
