import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { QUEUES } from '../purge-queues'

interface Consumer {
  queue: string
  max_batch_size: number
  max_batch_timeout: number
  max_concurrency?: number
  max_retries: number
  dead_letter_queue: string
}
const { queues } = parse(readFileSync('wrangler.toml', 'utf8')) as unknown as {
  queues: { producers: { queue: string }[]; consumers: Consumer[] }
}

describe('the queues of wrangler.toml', () => {
  it('are all written to, all consumed, and each keeps its dead letters in a queue of its own', () => {
    const names = queues.consumers.map(({ queue }) => queue).sort()
    expect(queues.producers.map(({ queue }) => queue).sort()).toEqual(names)
    const known = [...readFileSync('src/queues.ts', 'utf8').matchAll(/'(cameo-[\w-]+)':/g)].map(
      ([, name]) => name,
    )
    expect(known.sort()).toEqual(names)
    for (const { queue, max_retries, dead_letter_queue } of queues.consumers) {
      expect([max_retries, dead_letter_queue]).toEqual([100, `${queue}-dead`])
    }
  })

  it('are those of the simulation', () => {
    const simulated = Object.entries(QUEUES).map(([queue, { batchTimeout }]) => [
      queue,
      100,
      batchTimeout / 1000,
      1,
    ])
    const purges = queues.consumers.filter(({ queue }) => queue.includes('purges'))
    expect(
      purges.map((each) => [each.queue, each.max_batch_size, each.max_batch_timeout, each.max_concurrency]),
    ).toEqual(simulated)
  })
})
