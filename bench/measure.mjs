/** Turns a round: short ones, so that a slow second of the machine falls on all series alike. */
export const TURNS = 4

/**
 * Runs series against each other. In each turn every series runs once, and each time another one begins, so that none
 * has the better place; the turns of a round are added up. The first round warms up and is dropped.
 * @param series name → function of the turn (0, 1, 2 …) that makes requests and returns `{ requests, cpu, wall }`,
 *   times in milliseconds
 * @returns name → its rounds: `{ cpu, wall }` in milliseconds per request
 */
export async function alternate(series, rounds) {
  const names = Object.keys(series)
  const measured = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    const sums = Object.fromEntries(names.map((name) => [name, { requests: 0, cpu: 0, wall: 0 }]))
    for (let turn = round * TURNS; turn < (round + 1) * TURNS; turn++) {
      for (let place = 0; place < names.length; place++) {
        const name = names[(turn + place) % names.length]
        const { requests, cpu, wall } = await series[name](turn)
        sums[name].requests += requests
        sums[name].cpu += cpu
        sums[name].wall += wall
      }
    }
    if (round === 0) continue
    for (const name of names) {
      const { requests, cpu, wall } = sums[name]
      measured[name].push({ cpu: cpu / requests, wall: wall / requests })
    }
  }
  return measured
}

/** Median and quartiles (linear between neighbours). */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part) => {
    const place = part * (sorted.length - 1)
    const low = sorted[Math.floor(place)]
    return low + (sorted[Math.ceil(place)] - low) * (place % 1)
  }
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}

export const median = (values) => spread(values).median

/** The ratio of CPU times, pair by pair of the same round. */
export function pairedRatio(ours, theirs) {
  return spread(ours.map(({ cpu }, round) => cpu / theirs[round].cpu))
}

/** What CPU time ours takes beyond theirs, pair by pair of the same round, in milliseconds. */
export function pairedDifference(ours, theirs) {
  return spread(ours.map(({ cpu }, round) => cpu - theirs[round].cpu))
}

/** A row that compares two series. */
export function compare(ours, theirs, row) {
  return {
    ...row,
    ratio: pairedRatio(ours, theirs),
    cpu: [median(ours.map(({ cpu }) => cpu)), median(theirs.map(({ cpu }) => cpu))],
    throughput: [median(ours.map(({ wall }) => 1000 / wall)), median(theirs.map(({ wall }) => 1000 / wall))],
  }
}
