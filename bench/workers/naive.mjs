// The design that one would sketch first: a flag says which picture is active, and every request makes it anew.
const SQL = `SELECT pictures.id, pictures.person_id FROM people JOIN pictures ON pictures.person_id = people.id
  WHERE people.hash = ?1 AND pictures.is_active = 1`

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url)
    const picture = await env.DB.prepare(SQL).bind(pathname.slice(1)).first()
    const original = await env.PHOTOS.get(`${picture.person_id}/${picture.id}`)
    const size = Number(searchParams.get('s'))
    const result = await env.IMAGES.input(original.body)
      .transform({ width: size, height: size, fit: 'cover' })
      .output({ format: 'image/jpeg', quality: 82 })
    return result.response()
  },
}
