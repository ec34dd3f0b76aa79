// Draws a default picture and does nothing else: what the drawing itself costs.
import { drawFallback } from '../../src/avatar/fallback/draw'

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url)
    const style = searchParams.get('d')
    const bytes = await drawFallback({ style, seed: pathname.slice(1), size: 256, initials: 'AL' })
    return new Response(bytes, { headers: { 'content-type': 'image/png' } })
  },
}
