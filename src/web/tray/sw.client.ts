import { makeRow } from '../shared/uploads/rows.client'
import { keepFile, readUser } from '../shared/uploads/store.client'

// Takes what other apps share with the installed app, and nothing else: it is registered for this one address, caches
// nothing, and sees no other page. What it takes waits in the tray until the person says that they want it: a page of
// another site can send a form here too, and a service worker cannot tell the two apart.

/** What service workers have and pages have not. */
interface Taking extends Event {
  request: Request
  respondWith(response: Promise<Response>): void
}

/** How many files one share may bring. */
const MOST = 100

self.addEventListener('fetch', (event) => {
  const taking = event as Taking
  const { method, url } = taking.request
  if (method === 'POST' && new URL(url).pathname === '/photos/share') taking.respondWith(take(taking.request))
})

async function take(request: Request): Promise<Response> {
  const user = await readUser()
  const files = await request.formData().then(
    (form) => form.getAll('photos').filter((value) => value instanceof File && value.size > 0) as File[],
    () => [],
  )
  let kept = 0
  for (const [place, file] of (user ? files.slice(0, MOST) : []).entries()) {
    const row = makeRow(file, { user: user ?? '', album: null, place })
    if (await keepFile({ ...row, state: 'asks', why: 'shared', again: true }, file)) kept++
  }
  return Response.redirect(kept ? '/photos' : '/photos?share=missed', 303)
}
