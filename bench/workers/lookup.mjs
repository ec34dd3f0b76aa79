import { keyOf } from '../people.mjs'

// `/{database}/{first person}/{step}/{count}`: looks up that many people, one after the other, and says how many rows
// were read.
export default {
  async fetch(request, env) {
    const [, database, first, step, count] = new URL(request.url).pathname.split('/')
    let rows = 0
    for (let i = 0; i < Number(count); i++) {
      const key = keyOf(Number(first) + i * Number(step))
      const { results, meta } = await env[database].prepare(env.SQL).bind(key).run()
      if (results.length !== 1) return new Response(`nobody has the key ${key}`, { status: 404 })
      rows += meta.rows_read
    }
    return new Response(String(rows))
  },
}
