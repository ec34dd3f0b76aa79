// Draws a default picture and does nothing else: what the drawing itself costs. `/{style}/{size}/{seed}`
import { drawFallback } from '../../src/avatar/fallback/draw'

export default {
  async fetch({ url }) {
    const [style, size, seed] = url.slice(url.indexOf('/', 8) + 1).split('/')
    const bytes = await drawFallback({ style, seed, size: Number(size), initials: 'AL' })
    return new Response(bytes, { headers: { 'content-type': 'image/png' } })
  },
}
