// The consumer as it was, to compare with: one queue, a call for each batch, back-off where it is refused.

export function openBefore(edge) {
  return {
    queues: { purges: { batchTimeout: 1000 } },
    async produce(send, keys) {
      const body = { keys }
      await send('purges').sendBatch([
        { body, delaySeconds: 1 },
        { body, delaySeconds: 60 },
      ])
    },
    async consume(batch) {
      for (const { messages, tags } of groupByTags(batch.messages)) {
        if (await edge.purge(tags)) continue
        for (const message of messages)
          message.retry({ delaySeconds: Math.min(900, 15 * 2 ** Math.min(message.attempts - 1, 10)) })
      }
    },
  }
}

function groupByTags(messages) {
  const groups = []
  for (const message of messages) {
    const tags = message.body.keys.map((key) => `k:${key}`)
    const group = groups.at(-1)
    const union = new Set([...(group?.tags ?? []), ...tags])
    if (group && union.size <= 100) {
      group.messages.push(message)
      group.tags = [...union]
    } else groups.push({ messages: [message], tags: [...new Set(tags)] })
  }
  return groups
}
