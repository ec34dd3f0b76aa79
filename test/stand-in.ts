import { createServer } from 'node:http'

/**
 * Stands in for Gravatar and Libravatar. A test says what it has for a hash by `PUT /avatar/{hash}?{behaviour}`,
 * with the body to answer; a hash that nothing was said of has no picture. Ends with the process.
 * @returns its origin
 */
export async function startStandIn(): Promise<string> {
  const pictures = new Map<string, { behaviour: string; type: string; body: Buffer }>()
  const server = createServer(async (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (request.method === 'PUT') {
      const body = Buffer.concat(await Array.fromAsync(request))
      pictures.set(pathname, {
        behaviour: search.slice(1),
        type: request.headers['content-type'] ?? '',
        body,
      })
      return response.end()
    }
    const picture = pictures.get(pathname)
    if (!picture && pathname.startsWith('/libravatar/') && searchParams.get('gravatarproxy') !== 'n') {
      return response.writeHead(302, { location: '/gravatarproxy' }).end()
    }
    if (!picture || searchParams.get('d') !== '404') return response.writeHead(404).end()
    if (picture.behaviour === 'redirect') return response.writeHead(302, { location: '/avatar/other' }).end()
    if (picture.behaviour === 'fail') return response.writeHead(500).end('oops')
    if (picture.behaviour === 'hang') return
    response.writeHead(200, { 'content-type': picture.type })
    // Endless: no length is announced, and the reader has to stop by itself.
    if (picture.behaviour === 'endless') {
      const chunk = Buffer.alloc(1024 * 1024, 7)
      const write = () => !response.destroyed && response.write(chunk, () => setImmediate(write))
      return write()
    }
    return response.end(picture.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}
