import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cleanUpAddressed, eraseAddressed, toAddressedJob, WAITS } from '../src/accounts/addressed'
import { meterMail } from '../src/budgets/metered'
import { openCapabilities } from '../src/capabilities'
import { digestHex } from '../src/lib/crypto'
import { DAY } from '../src/lib/time'
import { WRITTEN_TO } from '../src/messages/addressed'
import type { BlockJson, ConversationList, MessageJson, ThreadJson } from '../src/messages/answers'
import { cleanUpMessages } from '../src/messages/cleanup'
import { INVITATION_PAUSE, INVITATIONS_A_DAY, invite } from '../src/messages/invitations'
import {
  CHARACTERS_A_DAY,
  KEY_LIFE,
  MESSAGES_A_DAY,
  MESSAGES_TO_ONE,
  STRANGERS_A_DAY,
  sendMessage,
  UNANSWERED_TO_ONE,
} from '../src/messages/sending'
import { NOTICES_AN_HOUR } from '../src/sharing/notices'
import { MAX_SHARES, sharePhoto } from '../src/sharing/people/shares'
import { tagPerson } from '../src/tags/tagging'
import { ask, holdMail, newAddress, newPerson, newPhoto, type Person, refusal } from './support'

const post = (by: Person, json: object, headers: Record<string, string> = {}) =>
  ask('POST', '/api/messages', { as: by.session, json, headers })
const send = async (by: Person, to: string, text = 'hello', more: object = {}): Promise<MessageJson> => {
  const answer = await post(by, { to, text, ...more })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}
const get = async <T>(by: Person, path: string): Promise<T> => {
  const answer = await ask('GET', `/api${path}`, { as: by.session })
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}
const list = (by: Person, query = '') => get<ConversationList>(by, `/conversations${query}`)
const thread = (by: Person, hash: string, query = '') => get<ThreadJson>(by, `/conversations/${hash}${query}`)
const textsOf = async (by: Person, hash: string) =>
  (await thread(by, hash)).items.map(({ text, kind, mine }) => `${mine ? '>' : '<'}${kind}:${text}`)
const unread = async (by: Person) => (await get<{ people: number }>(by, '/inbox/unread')).people
const block = (by: Person, hash: string) => ask('PUT', `/api/blocks/${hash}`, { as: by.session })
const unblock = (by: Person, hash: string) => ask('DELETE', `/api/blocks/${hash}`, { as: by.session })
const rows = async (table: string, where = '1') =>
  (await env.DB.prepare(`SELECT * FROM ${table} WHERE ${where}`).all()).results
const stranger = () => digestHex('SHA-256', crypto.randomUUID())
const at = (now: number) => openCapabilities(env, now)
const draft = (to: string, text = 'hello') => ({ to, from: null, text, photoId: null })

/** Rows that D1 read for a call, of all its statements: the least of three, for what runs beside it is counted too. */
async function readBy(call: () => Promise<unknown>): Promise<number> {
  let read = 0
  const note = <T>(results: T): T => {
    for (const result of [results].flat() as { meta?: { rows_read?: number } }[])
      read += result?.meta?.rows_read ?? 0
    return results
  }
  const database = Object.getPrototypeOf(env.DB)
  const statement = Object.getPrototypeOf(env.DB.prepare('SELECT 1'))
  const { batch } = database
  const { all, raw } = statement
  vi.spyOn(database, 'batch').mockImplementation(async function (this: unknown, ...args: unknown[]) {
    return note(await batch.apply(this, args))
  })
  vi.spyOn(statement, 'all').mockImplementation(async function (this: unknown) {
    return note(await all.apply(this))
  })
  vi.spyOn(statement, 'raw').mockImplementation(async function (this: D1PreparedStatement) {
    const { meta } = await all.apply(this)
    read += meta.rows_read
    return raw.apply(this)
  })
  const times: number[] = []
  for (let time = 0; time < 3; time++) {
    read = 0
    await call()
    times.push(read)
  }
  vi.restoreAllMocks()
  return Math.min(...times)
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('POST /api/messages', () => {
  it('brings a text to whoever has the hash, and both see one thread', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const sent = await send(ann, ben.hash.toUpperCase(), ' \u200b<b>hello</b>\nhttps://example.com ')
    expect(sent).toEqual({
      ...{ id: expect.any(String), mine: true, kind: 'message', text: '<b>hello</b>\nhttps://example.com' },
      ...{ photo: null, album: null, createdAt: expect.any(Number) },
    })
    await send(ben, ann.hash, 'yes?')
    expect(await textsOf(ann, ben.hash)).toEqual(['<message:yes?', `>message:${sent.text}`])
    expect(await textsOf(ben, ann.hash)).toEqual(['>message:yes?', `<message:${sent.text}`])
    expect((await list(ben)).items).toEqual([
      {
        ...{ hash: ann.hash, name: expect.any(String), mine: ben.hash, unread: true },
        last: expect.objectContaining({ text: 'yes?', mine: true }),
      },
    ])
    expect(JSON.stringify([await list(ben), await thread(ben, ann.hash)])).not.toMatch(/seq/i)
  })

  it.each([
    ['no hash', { to: 'x', text: 'a' }],
    ['nothing', {}],
    ['neither text nor photo', { text: ' \u200b ' }],
    ['a text too long', { text: 'x'.repeat(4001) }],
    ['an unknown field', { text: 'a', kind: 'tag' }],
    ['an address of another as sender', { text: 'a', from: 'b'.repeat(64) }],
  ])('refuses %s', async (_name, fields) => {
    const ann = await newPerson()
    const answer = post(ann, { to: await stranger(), ...fields })
    expect(await refusal(answer)).toEqual([400, 'invalid_input'])
    expect(await rows('messages', `sender_id = '${ann.id}'`)).toEqual([])
  })

  it('refuses a message to oneself, by any address, and a key that is too long', async () => {
    const ann = await newPerson()
    const second = await newAddress(ann)
    for (const to of [ann.hash, second.hash])
      expect(await refusal(post(ann, { to, text: 'a' }))).toEqual([400, 'invalid_input'])
    const headers = { 'idempotency-key': 'x'.repeat(201) }
    expect(await refusal(post(ann, { to: await stranger(), text: 'a' }, headers))).toEqual([
      400,
      'invalid_input',
    ])
  })

  it('shows a photo of mine with the message, and no other', async () => {
    const [ann, ben, eve] = [await newPerson(), await newPerson(), await newPerson()]
    const { id } = await newPhoto(ann)
    const pending = await ask('POST', '/api/photos', {
      as: ann.session,
      json: { contentType: 'image/png', bytes: 10 },
    })
    const unready = (await pending.json<{ id: string }>()).id
    // Somebody else's, one that I see but is not mine, one that is not ready, none at all.
    for (const [by, photoId] of [
      [eve, id],
      [ann, unready],
      [ann, crypto.randomUUID()],
    ] as const)
      expect(await refusal(post(by, { to: ben.hash, photoId }))).toEqual([404, 'not_found'])
    expect(await rows('photo_shares', `photo_id = '${id}'`)).toEqual([])
    expect(await rows('messages', `recipient_hash = '${ben.hash}'`)).toEqual([])
    expect(await rows('message_keys')).toEqual([])

    const sent = await send(ann, ben.hash, '', { photoId: id, text: undefined })
    expect(sent).toMatchObject({ kind: 'share', photo: { id, owner: { hash: ann.hash } } })
    expect((await thread(ben, ann.hash)).items[0]).toMatchObject({ mine: false, photo: { id } })
    expect((await ask('GET', `/raw/${ann.id}/${id}?w=160`, { as: ben.session })).status).toBe(200)
    expect(await refusal(post(ben, { to: eve.hash, photoId: id }))).toEqual([404, 'not_found'])
    await ask('DELETE', `/api/photos/${id}/shares/${ben.hash}`, { as: ann.session })
    expect((await thread(ben, ann.hash)).items[0]).toMatchObject({ kind: 'share', photo: null })
    expect((await thread(ann, ben.hash)).items[0]).toMatchObject({ photo: { id } })
  })

  it('shows a photo to no more than it may be shown to, and writes nothing then', async () => {
    const ann = await newPerson()
    const { id } = await newPhoto(ann)
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
       INSERT INTO photo_shares SELECT ?1, 'h' || i, i FROM n`,
    )
      .bind(id, MAX_SHARES)
      .run()
    const to = await stranger()
    expect(await refusal(post(ann, { to, photoId: id }))).toEqual([409, 'quota_exceeded'])
    expect(await rows('messages', `recipient_hash = '${to}'`)).toEqual([])
  })

  it('answers as the address that was written to', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const second = await newAddress(ben)
    await send(ann, second.hash, 'to the second')
    expect((await thread(ben, ann.hash)).mine).toBe(second.hash)
    await send(ben, ann.hash, 'back')
    const [seen] = (await list(ann)).items
    expect(seen).toMatchObject({ hash: second.hash, last: { text: 'back' } })
    expect((await list(ann)).items).toHaveLength(1)
    await send(ben, ann.hash, 'as the other', { from: ben.hash })
    expect((await list(ann)).items.map(({ hash }) => hash)).toEqual([ben.hash, second.hash])
    expect((await thread(ben, ann.hash, `?as=${ben.hash}`)).items).toHaveLength(1)
    expect(
      await refusal(ask('GET', `/api/conversations/${ann.hash}?as=${ann.hash}`, { as: ben.session })),
    ).toEqual([404, 'not_found'])
    // Two of one person's addresses are one conversation each, and one person each in the number.
    expect(await unread(ann)).toBe(2)
  })

  it('keeps what was sent from an address from whoever has it later', async () => {
    const [ann, ben, eve] = [await newPerson(), await newPerson(), await newPerson()]
    const email = `${crypto.randomUUID()}@example.com`
    const second = await newAddress(ann, email)
    await send(ann, ben.hash, 'secret', { from: second.hash })
    await ask('DELETE', `/api/addresses/${second.hash}`, { as: ann.session })
    await newAddress(eve, email)
    expect((await list(eve)).items).toEqual([])
    expect((await thread(eve, ben.hash, `?as=${second.hash}`)).items).toEqual([])
    expect((await thread(ben, second.hash)).items).toHaveLength(1)
  })
})

describe('Idempotency-Key', () => {
  const keyed = { 'idempotency-key': 'once' }

  it('makes a retry the same message, in parallel too', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const json = { to: ben.hash, text: 'once' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(ann, json, keyed)))
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(bodies).size).toBe(1)
    const again = await post(ann, { text: ' once ', to: ben.hash.toUpperCase() }, keyed)
    expect([again.status, await again.text()]).toEqual([201, bodies[0]])
    expect(await textsOf(ben, ann.hash)).toEqual(['<message:once'])
    expect(await refusal(post(ann, { ...json, text: 'twice' }, keyed))).toEqual([409, 'idempotency_conflict'])
    expect((await post(ben, { to: ann.hash, text: 'mine' }, keyed)).status).toBe(201) // a key is its sender's own
  })

  it('is forgotten after a day, and not used up by what was refused', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const missing = { to: ben.hash, photoId: crypto.randomUUID() }
    expect(await refusal(post(ann, missing, keyed))).toEqual([404, 'not_found'])
    const values = { user: ann, draft: draft(ben.hash), key: 'day' }
    const now = Date.now()
    const first = await sendMessage(at(now), values)
    expect((await sendMessage(at(now + KEY_LIFE - 1), values)).id).toBe(first.id)
    expect((await sendMessage(at(now + KEY_LIFE), values)).id).not.toBe(first.id)
    await cleanUpMessages(at(now + KEY_LIFE + KEY_LIFE + 1))
    expect(await rows('message_keys', `sender_id = '${ann.id}'`)).toEqual([])
  })
})

describe('an invitation by e-mail', () => {
  const { EMAIL } = env
  let mailbox: ReturnType<typeof holdMail>
  beforeEach(() => {
    mailbox = holdMail()
    Object.assign(env, { EMAIL: mailbox })
  })
  afterEach(() => void Object.assign(env, { EMAIL }))

  const nobody = async (email = `${crypto.randomUUID()}@example.com`) => ({
    email,
    hash: await digestHex('SHA-256', email),
  })
  const url = 'http://localhost/api/messages'
  /** What is done after the answer, waited for. */
  const inviteBy = async ({ id }: Person, email: string, { now = Date.now(), name = 'Ada', ...more } = {}) =>
    invite({ ...at(now), ...more }, { sender: { id, displayName: name }, email, url })
  const tokenOf = (text = mailbox.mails.at(-1)?.text ?? '') => /stop\/([0-9a-f]+)/.exec(text)?.[1] ?? ''

  it('goes to the address that the message is for, once however often that is sent, and no word of it is kept', async () => {
    const [ada, bo] = [await newPerson(), await nobody()]
    await ask('PATCH', '/api/me', { as: ada.session, json: { displayName: 'Ada' } })
    const draft = { to: bo.hash, text: 'a secret', invite: ` ${bo.email.toUpperCase()} ` }
    const key = { 'idempotency-key': 'k' }
    const [first, again] = [await post(ada, draft, key), await post(ada, draft, key)]
    expect([first.status, await again.json()]).toEqual([201, await first.json()])
    expect(await refusal(post(ada, { ...draft, invite: undefined }, key))).toEqual([
      409,
      'idempotency_conflict',
    ])
    await vi.waitFor(() => expect(mailbox.to).toEqual([bo.email]))
    await send(ada, bo.hash, 'no mail with this one')
    await inviteBy(ada, bo.email)
    const [mail, ...others] = mailbox.mails
    expect(others).toEqual([])
    expect(mail?.subject).toBe('Ada wrote to you on Cameo')
    expect(`${mail?.text} ${mail?.html}`).not.toContain('secret')
    expect(mail?.text).toContain('http://localhost/inbox\n')
    const stop = `http://localhost/stop/${tokenOf()}`
    expect(mail?.headers).toEqual({
      'List-Unsubscribe': `<${stop}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    const kept = await Promise.all(
      ['invitations', 'messages', 'message_keys', 'counts'].map((name) => rows(name)),
    )
    expect(JSON.stringify(kept)).not.toContain(bo.email.split('@')[0])
    expect(JSON.stringify(await rows('invitations'))).not.toContain(bo.hash.slice(0, 32))
  })

  it('is refused, and with it the message, for an address of another hash, and for what is none', async () => {
    const [ada, bo, cy] = [await newPerson(), await nobody(), await nobody()]
    const other = await nobody('name@xn--mller-kva.example')
    for (const email of [cy.email, `${bo.email}, ${cy.email}`, 'no address', '', 'x'.repeat(2000)])
      expect(await refusal(post(ada, { to: bo.hash, text: 'X', invite: email }))).toEqual([
        400,
        'invalid_input',
      ])
    expect(await rows('messages', `recipient_hash = '${bo.hash}'`)).toEqual([])
    const inLetters = await digestHex('SHA-256', 'name@müller.example')
    const draft = { to: inLetters, text: 'X', invite: 'Name@Müller.example' }
    expect((await post(ada, draft, { 'accept-language': 'de' })).status).toBe(201)
    await vi.waitFor(() => expect(mailbox.to).toEqual([other.email]))
    expect(mailbox.mails[0]?.subject).toBe('Jemand hat dir bei Cameo geschrieben')
    expect(mailbox.mails[0]?.html).toContain('<div lang="de">')
  })

  it('never goes to whoever has an account, by any of their addresses, nor for somebody they block', async () => {
    const [ada, bo, nobodys] = [await newPerson(), await newPerson(), await nobody()]
    const more = await newAddress(bo)
    const answers = []
    for (const [to, address] of [
      [bo.hash, bo.email],
      [nobodys.hash, nobodys.email],
    ])
      answers.push(await post(ada, { to, text: 'X', invite: address }))
    await vi.waitFor(() => expect(mailbox.to).toEqual([nobodys.email]))
    const shapes = await Promise.all(
      answers.map(async (answer) => [
        answer.status,
        Object.keys(await answer.json<object>()),
        [...answer.headers.keys()],
      ]),
    )
    expect(shapes[0]).toEqual(shapes[1])
    for (const email of [bo.email, more.email]) await inviteBy(ada, email)
    await block(bo, ada.hash)
    await inviteBy(ada, bo.email)
    expect(mailbox.to).toEqual([nobodys.email])
    // The day of the sender is shorter by each of them: what is left of it says nothing.
    expect(await rows('counts', `kind = 'invitations' AND who = '${ada.id}'`)).toMatchObject([{ used: 5 }])
    expect((await rows('invitations')).length).toBeGreaterThan(0)
  })

  it('goes to a mailbox once in a day of all senders, whatever tags it has, and at once', async () => {
    const senders = await Promise.all(Array.from({ length: 12 }, () => newPerson()))
    const name = crypto.randomUUID()
    await Promise.all(senders.map((each, n) => inviteBy(each, `${name}+${n % 3}@example.com`)))
    expect(mailbox.mails.length).toBe(1)
    const [ada] = senders as [Person]
    const now = Date.now()
    await inviteBy(ada, `${name}@example.com`, { now: now + INVITATION_PAUSE - 60_000 })
    expect(mailbox.mails.length).toBe(1)
    await inviteBy(ada, `${name}@example.com`, { now: now + INVITATION_PAUSE + 60_000 })
    expect(mailbox.mails.length).toBe(2)
    expect(INVITATION_PAUSE).toBe(KEY_LIFE)
  })

  it('is asked for so often in a day by one person, and in parallel no more often', async () => {
    const ada = await newPerson()
    const now = Date.now() + 10 * DAY
    for (let batch = 0; batch < 3; batch++)
      await Promise.all(
        Array.from({ length: 100 }, (_, n) => inviteBy(ada, `of-many-${batch}-${n}@example.com`, { now })),
      )
    expect(mailbox.mails.length).toBe(INVITATIONS_A_DAY)
    expect(await rows('counts', `kind = 'invitations' AND who = '${ada.id}'`)).toMatchObject([
      { used: INVITATIONS_A_DAY },
    ])
  })

  it('leaves codes half of the day, of the service and of a network', async () => {
    const now = Date.now() + 20 * DAY
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const open = (settings: object, client: string | null = null) => {
      const till = { ...at(now), client, config: { ...at(now).config, ...settings } }
      return { ...till, email: meterMail(mailbox as unknown as SendEmail, till) }
    }
    const caps = open({ budgetMails: 9 })
    const senders = await Promise.all(Array.from({ length: 4 }, () => newPerson()))
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        inviteBy(senders[n % 4] as Person, `budget-${n}@example.com`, caps),
      ),
    )
    expect(mailbox.mails.length).toBe(4)
    const none = open({ budgetMails: 1 })
    await env.DB.exec("DELETE FROM counts WHERE kind = 'mails'")
    await inviteBy(senders[0] as Person, 'budget-one@example.com', none)
    expect(mailbox.mails.length).toBe(4)
    const network = open({ clientMails: 6 }, '192.0.2.77')
    for (let n = 0; n < 6; n++) await inviteBy(senders[1] as Person, `network-${n}@example.com`, network)
    expect(mailbox.mails.length).toBe(7)
    expect(log).not.toHaveBeenCalled()
    await network.email.send({ to: 'code' } as never, {}) // as a code goes out
    expect(mailbox.mails.length).toBe(8)
  })

  it('names whoever wrote, and carries nothing in by their name', async () => {
    const ada = await newPerson()
    const names = [
      'Eve\r\nBcc: all@example.com',
      '<img src=x onerror=alert(1)>&amp;"',
      'Visit https://evil.example/login or evil.example',
      '\u202eevil\u2028.',
      '',
    ]
    for (const name of names) await inviteBy(ada, (await nobody()).email, { name })
    expect(mailbox.mails.map(({ subject }) => subject.replace(' wrote to you on Cameo', ''))).toEqual([
      'Eve Bcc all example. com',
      'img src=x onerror=alert 1 &amp;"',
      'Visit https evil. example login or evil. example',
      'evil .',
      'Somebody',
    ])
    for (const { subject, text, html, to } of mailbox.mails) {
      expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u)
      expect(html).not.toContain('<img')
      expect(`${text}${html}`).not.toMatch(/evil\.example|all@example/)
      expect(to).not.toContain(',')
    }
    expect(mailbox.mails[1]?.html).toContain('&#38;amp;&#34;')
  })

  it('that is not taken counts for nothing, and the message is there', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const [ada, bo] = [await newPerson(), await nobody()]
    const { send: taken } = mailbox
    mailbox.send = () => Promise.reject(new Error(`it is down for ${bo.email}`))
    const key = { 'idempotency-key': 'down' }
    const draft = { to: bo.hash, text: 'still here', invite: bo.email }
    const answer = await post(ada, draft, key)
    expect(answer.status).toBe(201)
    await vi.waitFor(() => expect(log).toHaveBeenCalledOnce())
    expect(log.mock.calls[0]?.[0]).not.toContain(bo.email)
    await vi.waitFor(async () =>
      expect(await rows('counts', `kind = 'invitations' AND who = '${ada.id}'`)).toMatchObject([{ used: 0 }]),
    )
    expect(await textsOf(ada, bo.hash)).toEqual(['>message:still here'])
    mailbox.send = taken
    expect((await post(ada, draft, key)).status).toBe(201) // whoever retries it has the mail sent after all
    await vi.waitFor(() => expect(mailbox.to).toEqual([bo.email]))
    expect((await textsOf(ada, bo.hash)).length).toBe(1)
  })

  it('is the last once they say so, by the link of the mail alone, for all senders and for good', async () => {
    const [ada, bo, cy] = [await newPerson(), await newPerson(), await nobody()]
    await inviteBy(ada, cy.email)
    const token = tokenOf()
    const page = { accept: 'text/html' }
    const open = (path: string) => ask('GET', `/stop/${path}`, { headers: page })
    const looked = await open(token)
    expect(looked.status).toBe(200)
    expect(looked.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await looked.text()).toContain('<form method="post">')
    expect(await rows('invitations', 'stopped_at IS NOT NULL')).toEqual([])

    const last = token.at(-1) === '0' ? '1' : '0'
    const flipped = `${token[0] === '0' ? '1' : '0'}${token.slice(1)}`
    for (const forged of [token.slice(0, 63) + last, flipped, token.slice(0, 32), `${token}00`, cy.hash, 'x'])
      for (const method of ['GET', 'POST'])
        expect((await ask(method, `/stop/${forged}`, { headers: page })).status).toBe(404)
    expect(await rows('invitations', 'stopped_at IS NOT NULL')).toEqual([])

    // As a mail program does it (RFC 8058): no cookie, no Origin, no Sec-Fetch-Site.
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    for (let time = 0; time < 2; time++)
      expect((await ask('POST', `/stop/${token}`, { body })).status).toBe(200)
    const later = Date.now() + 400 * DAY
    await cleanUpMessages(at(later))
    for (const each of [ada, bo]) await inviteBy(each, cy.email, { now: later })
    await inviteBy(bo, cy.email.replace('@', '+tag@'), { now: later })
    expect(mailbox.mails.length).toBe(1)
    const answer = await post(ada, { to: cy.hash, text: 'X', invite: cy.email })
    expect(answer.status).toBe(201)
  })

  it('leaves a mark that goes with its day, a stop that stays, and nothing of who asked for it', async () => {
    const [ada, bo] = [await newPerson(), await newPerson()]
    const now = Date.now() + 30 * DAY
    await inviteBy(ada, 'marked@example.com', { now })
    const mark = `sent_at = ${now}`
    await cleanUpMessages(at(now + INVITATION_PAUSE - 1))
    expect((await rows('invitations', mark)).length).toBe(1)
    await ask('POST', `/stop/${tokenOf()}`)
    await inviteBy(bo, 'unmarked@example.com', { now })
    await cleanUpMessages(at(now + INVITATION_PAUSE + 1))
    expect(await rows('invitations', mark)).toMatchObject([{ stopped_at: expect.any(Number) }])
    expect(JSON.stringify(await rows('invitations'))).not.toContain(ada.id)
  })
})

describe('what one person may send', () => {
  it('is bounded towards somebody who never answered, and wider when they did', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const now = Date.now()
    const write = () => sendMessage(at(now), { user: ann, draft: draft(ben.hash), key: null })
    const sent = await Promise.allSettled(Array.from({ length: UNANSWERED_TO_ONE + 5 }, write))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(UNANSWERED_TO_ONE)
    await expect(write()).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await unread(ben)).toBe(1)
    await send(ben, ann.hash, 'stop it')
    await write()
    await env.DB.prepare("UPDATE counts SET used = ?1 WHERE who = ?2 || '>' || ?3")
      .bind(MESSAGES_TO_ONE, ann.id, ben.hash)
      .run()
    await expect(write()).rejects.toMatchObject({ code: 'rate_limited' })
    await sendMessage(at(now + 86_400_000), { user: ann, draft: draft(ben.hash), key: null })
  })

  it('reaches so many strangers a day, so many messages, and no more than the service bears', async () => {
    const ann = await newPerson()
    const now = Date.now()
    const write = async (to?: string) =>
      sendMessage(at(now), { user: ann, draft: draft(to ?? (await stranger())), key: null })
    const first = await stranger()
    await write(first)
    await env.DB.prepare("UPDATE counts SET used = ?1 WHERE kind = 'strangers' AND who = ?2")
      .bind(STRANGERS_A_DAY - 1, ann.id)
      .run()
    const sent = await Promise.allSettled(Array.from({ length: 4 }, () => write()))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await write(first)
    await env.DB.prepare("UPDATE counts SET used = ?1 WHERE kind = 'messages' AND who = ?2")
      .bind(MESSAGES_A_DAY, ann.id)
      .run()
    await expect(write(first)).rejects.toMatchObject({ code: 'rate_limited' })
    const ben = await newPerson()
    const caps = at(now)
    const little = { ...caps, config: { ...caps.config, budgetMessages: 1 } }
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const values = { user: ben, draft: draft(first), key: null }
    await expect(sendMessage(little, values)).rejects.toMatchObject({ code: 'budget_exhausted' })
  })

  it('has so many characters a day, to whomever, and in parallel no more', async () => {
    const ann = await newPerson()
    const now = Date.now()
    const text = 'ä'.repeat(1000)
    const write = (text: string) => async () =>
      sendMessage(at(now), { user: ann, draft: draft(await stranger(), text), key: null })
    await write(text)()
    const count = "kind = 'characters' AND who = ?2"
    const row = await env.DB.prepare(`UPDATE counts SET used = ?1 WHERE ${count} AND used = 1000`)
      .bind(CHARACTERS_A_DAY - 1500, ann.id)
      .run()
    expect(row.meta.changes).toBe(1)
    const sent = await Promise.allSettled([1, 2, 3].map(write(text)))
    expect(sent.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    await expect(write(text.slice(0, 501))()).rejects.toMatchObject({ code: 'rate_limited' })
    await write(text.slice(0, 500))()
    await expect(write('a')()).rejects.toMatchObject({ code: 'rate_limited' })
    const { id: photoId } = await newPhoto(ann)
    const picture = { to: await stranger(), from: null, text: '', photoId }
    await sendMessage(at(now), { user: ann, draft: picture, key: null })
  })

  it('writes as many rows as docs/operate.md reckons with, and none for what is refused or there already', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const { id: photoId } = await newPhoto(ann)
    const batch = vi.spyOn(Object.getPrototypeOf(env.DB), 'batch')
    const rowsOf = async (json: object, headers?: Record<string, string>) => {
      batch.mockClear()
      await post(ann, json, headers)
      const results = await Promise.all(batch.mock.results.map(({ value }) => value as Promise<D1Result[]>))
      return results.flat().reduce((sum, { meta }) => sum + meta.rows_written, 0)
    }
    const all = { to: ben.hash, text: 'hello', photoId }
    const key = { 'idempotency-key': 'x' }
    const written = [await rowsOf(all, key), await rowsOf({ to: ben.hash, text: 'hello' })]
    expect(written.every((rows) => rows > 10 && rows <= 30)).toBe(true)
    expect(await rowsOf(all, key)).toBe(0)
    for (const refused of [
      { ...all, photoId: crypto.randomUUID() },
      { ...all, to: ann.hash },
    ])
      expect(await rowsOf(refused)).toBe(0)
  })

  it('is limited by the minute', async () => {
    const ann = await newPerson()
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => post(ann, { to: ann.hash, text: 'a' })),
    )
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(5)
  })
})

describe('shares and albums', () => {
  it('tell whom they are new to, once, and not without end', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const { id } = await newPhoto(ann)
    const share = () => ask('PUT', `/api/photos/${id}/shares/${ben.hash}`, { as: ann.session })
    await Promise.all([share(), share()])
    const made = await ask('POST', '/api/albums', { as: ann.session, json: { title: 'Sea' } })
    const album = await made.json<{ id: string }>()
    for (const role of ['viewer', 'contributor'])
      await ask('PUT', `/api/albums/${album.id}/members/${ben.hash}`, { as: ann.session, json: { role } })
    const { items } = await thread(ben, ann.hash)
    expect(items).toMatchObject([
      { kind: 'album', album: { id: album.id, title: 'Sea' }, photo: null },
      { kind: 'share', album: null, photo: { id } },
    ])
    expect(items).toHaveLength(2)
    expect(await unread(ben)).toBe(1)
    await ask('DELETE', `/api/albums/${album.id}/members/${ben.hash}`, { as: ann.session })
    expect((await thread(ben, ann.hash)).items[0]).toMatchObject({ kind: 'album', album: null })

    const { results } = await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
       INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
       SELECT lower(hex(randomblob(16))), ?1, 'ready', 'image/jpeg', 1, 10, 10, 'e', i FROM n RETURNING id`,
    )
      .bind(ann.id)
      .all<{ id: string }>()
    const now = Date.now()
    for (const [number, photo] of results.entries())
      await sharePhoto(at(now + number), { userId: ann.id, photoId: photo.id, hash: ben.hash })
    const told = await rows('messages', `recipient_hash = '${ben.hash}' AND kind = 'share'`)
    expect(told).toHaveLength(NOTICES_AN_HOUR)
    expect(await rows('photo_shares', `person_hash = '${ben.hash}'`)).toHaveLength(31)
  })
})

describe('/api/blocks/{hash}', () => {
  it('keeps everything of a person out, who notices nothing, for good', async () => {
    const [ann, eve] = [await newPerson(), await newPerson()]
    const second = await newAddress(eve)
    const { id } = await newPhoto(eve)
    await send(eve, ann.hash, 'before')
    expect((await block(ann, eve.hash.toUpperCase())).status).toBe(204)
    expect(await unread(ann)).toBe(0)

    const reach = await stranger() // somebody who blocks nobody, to compare with
    const told = await send(eve, ann.hash, 'while blocked')
    const same = await send(eve, reach, 'while blocked')
    expect({ ...told, id: '', createdAt: 0 }).toEqual({ ...same, id: '', createdAt: 0 })
    await send(eve, ann.hash, 'by another address', { from: second.hash })
    await ask('PUT', `/api/photos/${id}/shares/${ann.hash}`, { as: eve.session })
    const box = { x: 0, y: 0, width: 0.5, height: 0.5 }
    await tagPerson(at(Date.now()), { user: eve, photoId: id, hash: ann.hash, box })

    expect((await thread(eve, ann.hash, `?as=${eve.hash}`)).items.map(({ kind }) => kind)).toEqual([
      'tag',
      'share',
      'message',
      'message',
    ])
    expect((await list(eve)).items.map(({ hash, last }) => [hash, last.kind])).toContainEqual([
      ann.hash,
      'tag',
    ])
    expect(await unread(ann)).toBe(0)
    expect(await textsOf(ann, eve.hash)).toEqual(['<message:before'])
    expect((await list(ann)).items.map(({ last }) => last.text)).toEqual(['before'])
    expect((await get<{ items: unknown[] }>(ann, '/shared')).items).toEqual([])
    expect(await get<BlockJson>(ann, `/blocks/${eve.hash}`)).toMatchObject({ blocked: true })
    expect((await get<{ items: BlockJson[] }>(ann, '/blocks')).items.map(({ hash }) => hash)).toEqual([
      eve.hash,
    ])

    expect((await unblock(ann, eve.hash)).status).toBe(204)
    expect(await textsOf(ann, eve.hash)).toEqual(['<message:before'])
    expect(
      await refusal(ask('POST', '/api/inbox/open', { as: ann.session, json: { upTo: told.id } })),
    ).toEqual([404, 'not_found'])
    expect((await get<{ items: unknown[] }>(ann, '/shared')).items).toHaveLength(1)
    await send(eve, ann.hash, 'after')
    expect(await textsOf(ann, eve.hash)).toEqual(['<message:after', '<message:before'])
    expect(await refusal(block(ann, ann.hash))).toEqual([400, 'invalid_input'])
  })
})

describe('the lists', () => {
  it('go on behind their cursors, each conversation and message once', async () => {
    const ann = await newPerson()
    const second = await newAddress(ann)
    const others = await Promise.all(Array.from({ length: 4 }, () => newPerson()))
    for (const [number, other] of others.entries()) {
      await send(other, number % 2 ? ann.hash : second.hash, `first ${number}`)
      await send(ann, other.hash, `second ${number}`)
      await send(other, number % 2 ? ann.hash : second.hash, `third ${number}`)
    }
    await send(ann, others[0]?.hash as string, 'last')
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: ConversationList = await list(ann, `?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.items.map(({ last, mine }) => `${last.text} ${mine === ann.hash ? 1 : 2}`))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual(['last 2', 'third 3 1', 'third 2 2', 'third 1 1'])
    const [first] = others
    const top = await thread(ann, first?.hash as string, '?limit=3')
    const rest = await thread(ann, first?.hash as string, `?limit=3&cursor=${top.nextCursor}`)
    expect([...top.items, ...rest.items].map(({ text }) => text)).toEqual([
      'last',
      'third 0',
      'second 0',
      'first 0',
    ])
    expect(rest.nextCursor).toBe(null)
    expect(await refusal(ask('GET', '/api/conversations/x', { as: ann.session }))).toEqual([404, 'not_found'])
    expect((await thread(ann, await stranger())).items).toEqual([])
  })

  it('call whoever wrote by the name that they have, and others only where they may be found', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    await ask('PATCH', '/api/me', { as: ben.session, json: { displayName: 'Ben', publicLookup: false } })
    expect((await thread(ann, ben.hash)).name).toBe('somebody')
    await send(ben, ann.hash)
    expect((await list(ann)).items[0]?.name).toBe('Ben')
    await ask('PUT', `/api/contacts/${ben.hash}`, { as: ann.session, json: { name: 'Benny' } })
    expect((await list(ann)).items[0]?.name).toBe('Benny')
  })

  it('read as many rows with 10 messages as with 100,000 from ten people, and so does the number', async () => {
    const ann = await newPerson()
    const others = await Promise.all(Array.from({ length: 10 }, () => newPerson()))
    const flood = (count: number) =>
      env.DB.batch([
        env.DB.prepare(
          `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?3 - 1)
           INSERT INTO messages (id, recipient_hash, sender_hash, sender_id, kind, text, created_at)
           SELECT lower(hex(randomblob(16))), ?1, ?2 ->> (i % 10) ->> 0, ?2 ->> (i % 10) ->> 1, 'message', 'x', i FROM n`,
        ).bind(ann.hash, JSON.stringify(others.map(({ hash, id }) => [hash, id])), count),
        env.DB.prepare(
          `INSERT INTO conversations SELECT recipient_hash, sender_hash, sender_id, max(seq), max(created_at)
           FROM messages WHERE recipient_hash = ?1 GROUP BY sender_hash
           ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq`,
        ).bind(ann.hash),
      ])
    const measure = async () => {
      const hash = others[0]?.hash as string
      const calls = [
        () => unread(ann),
        () => list(ann, '?limit=5'),
        () => thread(ann, hash, '?limit=1'),
      ] as const
      const read: number[] = []
      for (const call of calls) read.push(await readBy(call))
      return read
    }
    await flood(20)
    const few = await measure()
    expect(await unread(ann)).toBe(10)
    await flood(100_000)
    const many = await measure()
    expect(await unread(ann)).toBe(10)
    expect(many).toEqual(few)
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
       INSERT INTO blocks SELECT ?, lower(hex(randomblob(32))) FROM n`,
    )
      .bind(ann.id)
      .run()
    expect(await measure()).toEqual(few) // nor is a message dearer for whom blocks a thousand others
    expect(few.every((count) => count > 0 && count < 150)).toBe(true)
  })
})

describe('lifecycle', () => {
  it('waits for whoever was never here, and is all there with the right number', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const email = `${crypto.randomUUID()}@example.com`
    const hash = await digestHex('SHA-256', email)
    const { id } = await newPhoto(ann)
    await send(ann, hash, 'look', { photoId: id })
    await send(ben, hash, 'hello')
    await send(ben, hash, 'hello?')
    const cat = await newPerson(email)
    expect(await unread(cat)).toBe(2)
    expect((await list(cat)).items.map(({ last }) => last.text)).toEqual(['hello?', 'look'])
    expect((await thread(cat, ann.hash)).items[0]).toMatchObject({ photo: { id } })
  })

  it('goes in both directions with an account, and after 180 days where nobody came', async () => {
    const [ann, ben, eve] = [await newPerson(), await newPerson(), await newPerson()]
    const nobody = await stranger()
    await block(ann, eve.hash)
    for (const [by, to] of [
      [ann, ben.hash],
      [ben, ann.hash],
      [eve, ann.hash], // undelivered
      [ben, nobody],
      [ben, eve.hash],
    ] as const)
      await send(by, to)
    const hashes = async (table: string) =>
      (await rows(table)).map((row) => [row.sender_hash, row.recipient_hash])
    const job = toAddressedJob(at(Date.now()), {
      userId: ann.id,
      addresses: [{ hash: ann.hash, hashAlias: null }],
    })
    await env.DB.prepare('DELETE FROM users WHERE id = ?').bind(ann.id).run()
    await eraseAddressed(at(Date.now()), { job, tables: WRITTEN_TO })
    for (const table of ['messages', 'conversations']) {
      const left = (await hashes(table)).filter((pair) =>
        pair.some((hash) => String(hash).includes(ann.hash)),
      )
      expect(left).toEqual([])
    }
    const later = at(Date.now() + WAITS + 1000)
    for (const from of WRITTEN_TO) await cleanUpAddressed(later, { from, place: null })
    for (const table of ['messages', 'conversations']) {
      const left = await hashes(table)
      expect(left).not.toContainEqual([ben.hash, nobody])
      expect(left).toContainEqual([ben.hash, eve.hash])
    }
  })
})
