import { t } from '../../../lang/uploads'
import { find } from '../elements.client'
import type { Gate, Row } from './rows.client'
import { describeAll, describeRow } from './words.client'

/** Milliseconds in which what goes wrong is said together: of thirty files, nobody wants to hear thirty sentences. */
const TOGETHER = 700

/** At so many quarters of all files something is said; of few files only the end is. */
const QUARTERS = 4
const MANY = 8

/** Says in the page's live region how far the uploads are: that they began, some steps, each that fails, and the end. */
export function startAnnouncing(maxBytes: number): (rows: Row[], gate: Gate) => void {
  const region = find(document, '[data-upload-status]', HTMLElement)
  let known = new Map<string, Row['state']>()
  let stopped: string[] = []
  let quarter = 0
  let isFirst = true

  const say = (text: string) => {
    region.textContent = text
  }

  function sayStopped(): void {
    say(stopped.length > 2 ? t().refusedSeveral(stopped.length) : stopped.join(' '))
    stopped = []
  }

  return (rows, gate) => {
    const before = known
    const wereStopped = stopped.length > 0
    known = new Map(rows.map(({ id, state }) => [id, state]))
    const fresh = rows.filter(({ id, state }) => state === 'waiting' && !before.has(id)).length
    const isOver = (states: Iterable<Row['state']>) => ![...states].includes('waiting')
    for (const row of rows) {
      const isNews = (row.state === 'failed' || row.state === 'asks') && before.get(row.id) !== row.state
      if (isNews) stopped.push(t().refusedOne(row.name, describeRow(row, { gate, maxBytes })))
    }
    if (stopped.length && !wereStopped) setTimeout(sayStopped, TOGETHER)
    if (isFirst) {
      isFirst = false
      return // a page that takes them up says nothing of what was said before
    }
    const done = rows.filter(({ state }) => state !== 'waiting').length
    const now = rows.length ? Math.floor((done / rows.length) * QUARTERS) : 0
    if (fresh) {
      say(t().started(fresh))
      quarter = now
    } else if (isOver(known.values()) && !isOver(before.values()) && rows.length) {
      setTimeout(() => say(t().finished(describeAll(rows, gate))), stopped.length ? TOGETHER * 2 : 0)
    } else if (now > quarter && rows.length >= MANY) {
      say(t().halfway(describeAll(rows, gate)))
    }
    quarter = Math.max(quarter, now)
  }
}
