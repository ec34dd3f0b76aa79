// What D1 is asked for a picture of somebody else's, and for the number on the inbox: among few rows and among many.
import { VIEWERS } from './crowds.mjs'
import { alternate, compare } from './measure.mjs'
import { Subject } from './subject.mjs'
import { benchWorker } from './workers.mjs'

/** How many shares, tags and albums, and how many messages, are in each database. */
const ACCESS = { FEW: 10, MANY: 10_000 }
const INBOX = { FEW: 10, MANY: 100_000 }

/** Who wrote them. */
const PEOPLE = 10

/** Requests a turn, and questions a request: enough that they and not HTTP are what is measured. */
const REQUESTS = 4
const QUESTIONS = 20

/** Questions a request of the query that reads every message. */
const NAIVE_QUESTIONS = 2

const number = (count) => count.toLocaleString('en')

/** May somebody see a picture: by a share, by a tag and by an album. */
export async function measureAccess({ rounds }) {
  const names = Object.keys(VIEWERS)
  const series = names.flatMap((via) =>
    Object.keys(ACCESS).map((database) => [`${via} ${database}`, database, `picture,token${VIEWERS[via]},1`]),
  )
  const { measured, rows } = await ask(series, { rounds, things: 'shares', counts: ACCESS })
  return names.map((via) =>
    compare(measured[`${via} MANY`], measured[`${via} FEW`], {
      what: `access by a${via === 'album' ? 'n' : ''} ${via} among ${number(ACCESS.MANY)} shares, tags and albums`,
      against: `among ${ACCESS.FEW}`,
      ...compareRows(rows[`${via} MANY`], rows[`${via} FEW`]),
    }),
  )
}

/** How many people wrote: by conversations, and as if only messages were kept. */
export async function measureInbox({ rounds }) {
  const series = [
    ['few', 'FEW', 'unread'],
    ['many', 'MANY', 'unread'],
    ['naive', 'MANY', 'naive', NAIVE_QUESTIONS],
  ]
  const { measured, rows, found } = await ask(series, { rounds, things: 'messages', counts: INBOX })
  for (const [name, { people }] of Object.entries(found))
    if (people !== PEOPLE) throw new Error(`${name}: ${people} people wrote, not ${PEOPLE}`)
  const what = `number on the inbox among ${number(INBOX.MANY)} messages of ${PEOPLE} people`
  return [
    compare(measured.many, measured.few, {
      what,
      against: `among ${INBOX.FEW}`,
      ...compareRows(rows.many, rows.few),
    }),
    compare(measured.many, measured.naive, {
      what,
      against: 'count(DISTINCT sender) of messages',
      note: `${rows.many} rows read against ${number(rows.naive)}`,
    }),
  ]
}

function compareRows(many, few) {
  return { note: `${many} rows read against ${few}`, goal: 'the same rows', met: many === few }
}

/** @param series of each its name, database, question, and how many of them a request asks */
async function ask(series, { rounds, things, counts }) {
  const worker = await benchWorker('questions', {
    d1Databases: Object.fromEntries(Object.keys(counts).map((name) => [name, name])),
  })
  const subject = await Subject.start('host.mjs', { worker, seed: 'seedCrowds', values: { things, counts } })
  const rows = {}
  const found = {}
  const turns = {}
  for (const [name, database, question, count = QUESTIONS] of series) {
    const { bytes } = await subject.get({ path: `/${database}/${question}/1` })
    ;({ rows: rows[name], found: found[name] } = JSON.parse(bytes))
    const requests = Array.from({ length: REQUESTS }, () => ({ path: `/${database}/${question}/${count}` }))
    turns[name] = async () => {
      const { requests: made, ...times } = await subject.run(requests)
      return { requests: made * count, ...times }
    }
  }
  const measured = await alternate(turns, rounds)
  await subject.stop()
  return { measured, rows, found }
}
