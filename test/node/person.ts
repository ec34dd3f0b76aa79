import sharp from 'sharp'
import { readCode } from './server.ts'

/** A browser, as far as HTTP goes: it keeps cookies and says that it is on our own page. */
export function openBrowser(origin: string) {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const call = async (method: string, path: string, json?: unknown) => {
    const response = await fetch(new URL(path, origin), {
      method,
      redirect: 'manual',
      headers: {
        cookie: cookie(),
        'sec-fetch-site': 'same-origin',
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    })
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
      jar.set(name, value)
    }
    return response
  }
  return { call, cookie }
}

export type Browser = ReturnType<typeof openBrowser>

/** Signs in with the code from the local mailbox. */
export async function signIn(browser: Browser, origin: string, email: string) {
  await browser.call('POST', '/api/sign-in/code', { email })
  const response = await browser.call('POST', '/api/sign-in', { code: await readCode(origin, email) })
  return (await response.json()) as { id: string; hash: string; email: string }
}

interface Prepared {
  id: string
  upload: { url: string; headers: Record<string, string> }
}

export async function prepare(browser: Browser, file: Buffer): Promise<Prepared> {
  const response = await browser.call('POST', '/api/photos', {
    contentType: 'image/jpeg',
    bytes: file.length,
  })
  return (await response.json()) as Prepared
}

export function put(
  { upload }: Prepared,
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(upload.url, {
    method: 'PUT',
    headers: { ...upload.headers, ...headers },
    body: new Uint8Array(body),
  })
}

/** Uploads a plain picture of a colour and gives the photo's id. */
export async function uploadPlain(browser: Browser, colour: string): Promise<string> {
  const file = await plainJpeg(colour)
  const prepared = await prepare(browser, file)
  const stored = await put(prepared, file)
  const completed = await browser.call('POST', `/api/photos/${prepared.id}/complete`)
  if (!stored.ok || !completed.ok) throw new Error(`upload: ${stored.status}, ${completed.status}`)
  return prepared.id
}

export const plainJpeg = (colour: string) =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

/** The mean colour of a picture. */
export async function colourOf(response: Response): Promise<number[]> {
  const image = sharp(Buffer.from(await response.arrayBuffer()))
  return [...(await image.resize(1, 1).removeAlpha().raw().toBuffer())]
}
