import { describe, expect, it } from 'vitest'
import type { MessageJson } from '../src/messages/answers'
import { splitLinks } from '../src/web/shared/links'
import { ask, newAddress, newPerson, newPhoto, type Person } from './support'

// The pages of the inbox, as the server draws them, without any of their browser code.

const get = (path: string, as?: Person) =>
  ask('GET', path, { as: as?.session, headers: { accept: 'text/html' } })

async function read(path: string, as: Person): Promise<string> {
  const answer = await get(path, as)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return answer.text()
}

async function send(by: Person, draft: { to: string; text?: string; photoId?: string }) {
  const answer = await ask('POST', '/api/messages', { as: by.session, json: draft })
  expect(answer.status).toBe(201)
  return answer.json<MessageJson>()
}

describe('the inbox', () => {
  it('shows each person once with what was written last, marks who is new, and opens nothing by itself', async () => {
    const [ada, bo, cy] = [await newPerson(), await newPerson(), await newPerson()]
    expect(await read('/inbox', ada)).toContain('No messages yet')
    await send(bo, { to: ada.hash, text: 'before that' })
    await send(bo, { to: ada.hash, text: '<script>alert(1)</script>' })
    await send(ada, { to: cy.hash, text: 'to you' })
    const photo = await newPhoto(cy)
    await send(cy, { to: ada.hash, photoId: photo.id })
    for (let load = 0; load < 2; load++) {
      const page = await read('/inbox', ada)
      const rows = page.match(/<li class="conversation.*?<\/li>/gs) ?? []
      expect(rows.length).toBe(2)
      expect(rows[0]).toContain('shared a photo')
      expect(rows[1]).toContain('&lt;script&gt;alert(1)')
      expect(page).not.toContain('<script>alert')
      expect(page).not.toContain('before that')
      expect(rows.every((row) => row.includes('conversation unread'))).toBe(true)
      expect(page).toMatch(/src="\/static\/badge\.en-/)
    }
    const paged = await read('/inbox?limit=1', ada)
    const older = /href="(\/inbox\?cursor=[^"]+)"/.exec(paged)?.[1] ?? ''
    expect(await read(`${older}&limit=1`, ada)).toContain(`data-conversation="${bo.hash}"`)
  })

  it('asks strangers to sign in, and has no number for them', async () => {
    const hash = 'a'.repeat(64)
    const answers = await Promise.all(['/inbox', `/inbox/${hash}?as=${hash}`].map((path) => get(path)))
    expect(answers.map((answer) => answer.headers.get('location'))).toEqual([
      '/sign-in?next=/inbox',
      `/sign-in?next=${encodeURIComponent(`/inbox/${hash}?as=${hash}`)}`,
    ])
    expect(await (await get('/')).text()).not.toContain('/static/badge-')
    const { token } = await newPerson()
    const answer = await ask('GET', '/inbox', { as: token, headers: { accept: 'text/html' } })
    expect(answer.status).toBe(302)
  })
})

describe('a thread', () => {
  it('shows the newest at the bottom, by the address that was written to, and older ones behind a link', async () => {
    const [ada, bo] = [await newPerson(), await newPerson()]
    const second = await newAddress(ada)
    await send(bo, { to: ada.hash, text: 'to the first' })
    await send(bo, { to: second.hash, text: 'to the second' })
    await send(bo, { to: second.hash, text: 'newest https://example.com/x.' })
    const thread = await read(`/inbox/${bo.hash.toUpperCase()}?as=${second.hash}`, ada)
    expect(thread).not.toContain('to the first')
    expect(thread.indexOf('to the second')).toBeLessThan(thread.indexOf('newest <a'))
    expect(thread).toContain(
      '<a href="https://example.com/x" rel="noopener nofollow" target="_blank">https://example.com/x</a>.',
    )
    const page = await read(`/inbox/${bo.hash}?as=${second.hash}&limit=1`, ada)
    const older = /href="(\/inbox\/[^"]+cursor=[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const before = await read(older, ada)
    expect([before.includes('to the second'), before.includes('newest <a')]).toEqual([true, false])
    expect(before).toContain('Back to the newest')
    const says = (html: string) => html.includes('<noscript>') // what is older is read without
    expect([says(thread), says(before)]).toEqual([true, false])
    expect(await read(`/inbox/${bo.hash}?as=${ada.hash}`, ada)).toContain('to the first')
  })

  it('is 404 by an address of somebody else, and for what is no hash', async () => {
    const [ada, bo] = [await newPerson(), await newPerson()]
    for (const path of [`/inbox/${bo.hash}?as=${bo.hash}`, `/inbox/${bo.hash}?as=x`, '/inbox/somebody'])
      expect((await get(path, ada)).status, path).toBe(404)
  })
})

describe('the links in a text', () => {
  it.each([
    ['see https://a.example/b?c=d#e now', ['https://a.example/b?c=d#e']],
    ['(https://a.example/b), https://a.example/(c)!', ['https://a.example/b', 'https://a.example/(c)']],
    ['HTTP://A.example/ö\nhttps://b.example', ['HTTP://A.example/ö', 'https://b.example']],
    ['javascript:alert(1) ftp://a.example data:text/html,x //a.example www.a.example', []],
    ['https://bank.example@evil.example/ https://u:p@evil.example', []],
    ['https:// http://% https://[', []],
    ['https://a.example/"onclick="x https://a.example/<b>', ['https://a.example/', 'https://a.example/']],
    ['https://a.example/\u202egpj.exe', ['https://a.example/']],
  ])('of %j are %j, and the text is the same', (text, links) => {
    const pieces = splitLinks(text)
    expect(pieces.flatMap((piece) => (piece.href ? piece.text : []))).toEqual(links)
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    for (const { href } of pieces) expect(href ?? 'https://').toMatch(/^https?:\/\//)
  })
})
