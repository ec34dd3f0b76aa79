import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { digestHex } from '../src/lib/crypto'
import type { PhotoJson, PhotoList } from '../src/photos/answers'
import {
  activate,
  ask,
  complete,
  fixture,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  refusal,
  store,
} from './support'

const upload = (person: Person, fileName: unknown) =>
  ask('POST', '/api/photos', {
    as: person.session,
    json: { contentType: 'image/jpeg', bytes: fixture('red.jpg').length, fileName },
  })

/** A ready photo that came from a file of that name. */
async function newNamed(person: Person, fileName: string | undefined): Promise<PhotoJson> {
  const { id } = await (await upload(person, fileName)).json<{ id: string }>()
  await store(person, id, fixture('red.jpg'))
  return (await complete(person, id)).json()
}

async function download(person: Person, photo: PhotoJson): Promise<string | null> {
  const answer = await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })
  await answer.body?.cancel()
  return answer.headers.get('content-disposition')
}

describe('the name that a file came with', () => {
  it('is kept, and the download bears it', async () => {
    const person = await newPerson()
    const photo = await newNamed(person, 'Sommer in Graz.jpg')
    expect(photo.fileName).toBe('Sommer in Graz.jpg')
    expect(await download(person, photo)).toBe('attachment; filename="Sommer in Graz.jpg"')
  })

  it('is kept clean, and ends as the bytes say', async () => {
    const person = await newPerson()
    const photo = await newNamed(person, 'C:\\Photos\\\u202eStraße\r\n".png')
    expect(photo.fileName).toBe('Straße_.png')
    expect(await download(person, photo)).toBe(
      `attachment; filename="Stra_e_.jpg"; filename*=UTF-8''Stra%C3%9Fe_.jpg`,
    )
  })

  it('may be missing: then the download bears the id', async () => {
    const person = await newPerson()
    const photo = await newNamed(person, undefined)
    expect(photo.fileName).toBeNull()
    expect(await download(person, photo)).toBe(`attachment; filename="${photo.id}.jpg"`)
  })

  it.each([['a'.repeat(256)], [7], [null]])('is refused where it is no name: %j', async (fileName) => {
    expect(await refusal(upload(await newPerson(), fileName))).toEqual([400, 'invalid_input'])
  })

  it('is told to the owner alone', async () => {
    const person = await newPerson()
    const photo = await newNamed(person, 'divorce-lawyer.jpg')
    await activate(person, photo.id)
    const publicly = ['', '.json', '.jpg?s=64'].flatMap((rest) => [
      `/${person.hash}${rest}`,
      `/${person.publicKey}${rest}`,
    ])
    for (const path of publicly) {
      const answer = await ask('GET', path)
      expect(answer.status).toBe(200)
      expect(`${JSON.stringify([...answer.headers])}${await answer.text()}`).not.toContain('divorce')
    }
    const width = await ask('GET', `/raw/${person.id}/${photo.id}?w=320`, { as: person.session })
    expect(`${JSON.stringify([...width.headers])}`).not.toContain('divorce')
    await width.body?.cancel()
  })
})

describe('the same bytes twice', () => {
  const find = async (person: Person, md5: string) => {
    const answer = await ask('GET', `/api/photos?md5=${md5}`, { as: person.session })
    return (await answer.json<PhotoList>()).items.map(({ id }) => id)
  }

  it('are found by their MD5 before they are uploaded, and both may be kept', async () => {
    const person = await newPerson()
    const md5 = await digestHex('MD5', fixture('red.jpg'))
    expect(await find(person, md5)).toEqual([])
    const first = await newPhoto(person, 'red.jpg')
    await newPhoto(person, 'blue.jpg')
    expect(await find(person, md5)).toEqual([first.id])
    expect(await find(person, md5.toUpperCase())).toEqual([first.id])
    const second = await newPhoto(person, 'red.jpg')
    expect(await find(person, md5)).toHaveLength(2)
    expect(second.id).not.toBe(first.id)
  })

  it("are looked for among one's own ready photos alone", async () => {
    const md5 = await digestHex('MD5', fixture('red.jpg'))
    await newPhoto(await newPerson(), 'red.jpg')
    const person = await newPerson()
    await store(person, await prepare(person, 'image/jpeg', fixture('red.jpg').length), fixture('red.jpg'))
    expect(await find(person, md5)).toEqual([])
  })

  it('are found by an index', async () => {
    const plan = await env.DB.prepare(
      `EXPLAIN QUERY PLAN SELECT * FROM photos WHERE user_id = 'x' AND status = 'ready' AND etag = 'y'`,
    ).all<{ detail: string }>()
    expect(plan.results.map(({ detail }) => detail).join()).toContain('photos_user_etag')
  })

  it.each(['x', '', 'a'.repeat(31)])('are not asked for by %j', async (md5) => {
    const asked = ask('GET', `/api/photos?md5=${md5}`, { as: (await newPerson()).session })
    expect(await refusal(asked)).toEqual([400, 'invalid_input'])
  })
})
