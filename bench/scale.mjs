// `node bench/scale.mjs`: what a stream of requests costs, and where it ends. Takes seconds and asks nobody.
//
// A key that is asked λ times a second of a cache that keeps its answer T seconds misses 1 / (T + 1/λ) times a second
// (a renewal process: after a miss the answer stands for T, then the next request, on average 1/λ later, misses).
// Requests are Poisson streams, keys Zipf-distributed. A small stream is played event by event first, and must agree.

const DAY = 86_400
const MONTH = 30.4 * DAY

/** A service of today's public kind: four of five hashes that sites ask for belong to nobody. */
const STREAM = { keys: 10_000_000, unknown: 0.82, requests: 10_000, variants: 7 }

/** One D1 database answers one query after the other: at a millisecond each, a thousand a second. */
const D1_QUERIES = 1_000

/** List prices in dollars, per million unless it says otherwise. https://developers.cloudflare.com/workers/platform/pricing/ */
const PRICE = {
  requests: 0.3,
  cpuMs: 0.02,
  d1Rows: 0.001,
  r2Reads: 0.36,
  r2Writes: 4.5,
  r2GigabyteMonth: 0.015,
  transforms: 500,
}

/** CPU a request in ms: the gateway with the answer from the edge, and what stands behind it. From bench/README.md. */
const CPU = { gateway: 0.6, lookup: 1, transform: 40 }

/** Weights of a Zipf law over many ranks: the first exactly, the others in narrow bands of the same weight. */
function makeZipf(keys, exponent) {
  const bands = []
  for (let from = 1; from <= keys; ) {
    const to = Math.min(keys, from < 10_000 ? from : Math.ceil(from * 1.01))
    const middle = Math.sqrt(from * to)
    bands.push({ count: to - from + 1, weight: middle ** -exponent })
    from = to + 1
  }
  const sum = bands.reduce((total, { count, weight }) => total + count * weight, 0)
  return bands.map(({ count, weight }) => ({ count, share: weight / sum }))
}

/**
 * Misses a second of a stream.
 * @param bands of makeZipf
 * @param caches how many caches the requests of each key are spread over
 * @param parts into how many answers of its own each key is split (sizes, formats, ratings)
 * @param life in seconds
 */
function missesOf(bands, { requests, caches, parts, life }) {
  const split = caches * parts
  return bands.reduce((total, { count, share }) => {
    const rate = (share * requests) / split
    return total + count * split * (1 / (life + 1 / rate))
  }, 0)
}

/** The same by playing every request of an hour: holds the formula to account. */
function playMisses(bands, { requests, caches, life, seconds }) {
  const shares = bands.flatMap(({ count, share }) => Array(count).fill(share))
  const cumulated = new Float64Array(shares.length)
  shares.reduce((sum, share, at) => (cumulated[at] = sum + share), 0)
  let seed = 1
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return seed / 2 ** 32
  }
  const until = new Float64Array(shares.length * caches)
  let misses = 0
  const warm = seconds / 2
  for (let now = 0; now < seconds; now += -Math.log(1 - random()) / requests) {
    const wanted = random()
    let low = 0
    let high = cumulated.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulated[middle] < wanted) low = middle + 1
      else high = middle
    }
    const at = low * caches + Math.floor(random() * caches)
    if (until[at] > now) continue
    until[at] = now + life
    if (now >= warm) misses++
  }
  return misses / (seconds - warm)
}

function checkFormula() {
  const bands = makeZipf(2_000, 0.9)
  const stream = { requests: 50, caches: 4, life: 120 }
  const told = missesOf(bands, { ...stream, parts: 1 })
  const played = playMisses(bands, { ...stream, seconds: 20_000 })
  if (Math.abs(told / played - 1) > 0.05) throw new Error(`formula ${told}, played ${played}`)
  return `formula against a played stream: ${told.toFixed(2)} and ${played.toFixed(2)} misses a second`
}

/** Look-ups a second for one way of keeping answers: what is found and what is "none" may live differently. */
function lookupsOf(bands, way, { caches, stream = STREAM }) {
  const { requests, unknown } = stream
  const known = missesOf(bands, { requests, caches, parts: way.parts, life: way.found }) * (1 - unknown)
  const none = way.filter
    ? missesOf(bands, { requests, caches, parts: way.parts, life: way.none }) * unknown * FALSE_POSITIVES
    : missesOf(bands, { requests, caches, parts: way.parts, life: way.none }) * unknown
  return { known, none, all: known + none }
}

/** Of a filter with nine bits a key. */
const FALSE_POSITIVES = 0.013

const WAYS = [
  { name: 'key × size × format, 1 h (the first release)', parts: STREAM.variants, found: 3600, none: 3600 },
  { name: 'key × size × format, 300 s', parts: STREAM.variants, found: 300, none: 300 },
  { name: 'who by key, 300 s (now)', parts: 1, found: 300, none: 300 },
  { name: 'who by key, 1 h (EDGE_SECONDS=3600)', parts: 1, found: 3600, none: 3600 },
  { name: 'who by key, 24 h (EDGE_SECONDS=86400)', parts: 1, found: DAY, none: DAY },
  { name: 'who 300 s, "none" 24 h', parts: 1, found: 300, none: DAY },
  { name: 'who 300 s and a filter of known keys', parts: 1, found: 300, none: 300, filter: true },
  { name: 'who 24 h and a filter of known keys', parts: 1, found: DAY, none: DAY, filter: true },
]
const NOW = WAYS[2]

const number = (value) => Math.round(value).toLocaleString('en')

function printLookups() {
  const rows = WAYS.map((way) => {
    const row = { 'answers kept': way.name }
    for (const [caches, text] of [
      [300, '300 separate'],
      [8, '8 regional'],
      [1, 'one upper tier'],
    ]) {
      const [flat, steep] = ZIPF.map((bands) => lookupsOf(bands, way, { caches }).all)
      row[text] = `${number(flat)} / ${number(steep)}`
    }
    return row
  })
  console.log(`\nD1 queries a second at ${number(STREAM.requests)} requests a second, Zipf 0.8 / 1.0\n`)
  printRows(rows)
}

/** Requests a person causes, as in the stream above: sites show faces to everybody who reads along. */
const REQUESTS_PER_PERSON = STREAM.requests / (STREAM.keys * (1 - STREAM.unknown))

/** Of a person: photos, photos made active a month, megabytes a photo with its masters and renditions. */
const HABITS = { photos: 20, changes: 1, megabytes: 3.2, variants: STREAM.variants }

/** What a month costs and which limit is reached, for so many people. */
function billOf(people) {
  const keys = people / (1 - STREAM.unknown)
  const requests = people * REQUESTS_PER_PERSON
  const stream = { ...STREAM, keys, requests }
  const bands = makeZipf(Math.round(keys), 0.9)
  const lookups = lookupsOf(bands, NOW, { caches: 1, stream })
  // A rendition is asked of R2 when the cache of a data centre does not have it: once a month and data centre where
  // it is asked at all, and there are hundreds of them.
  const shown = missesOf(bands, {
    requests: requests * (1 - STREAM.unknown),
    caches: 300,
    parts: HABITS.variants,
    life: 30 * DAY,
  })
  const transforms = (people * HABITS.changes * HABITS.variants) / MONTH + (people * 2) / (24 * MONTH)
  const storage = (people * HABITS.photos * HABITS.megabytes) / 1024
  const month = {
    requests: (requests * MONTH * PRICE.requests) / 1e6,
    cpu:
      ((requests * CPU.gateway + lookups.all * CPU.lookup + transforms * CPU.transform) *
        MONTH *
        PRICE.cpuMs) /
      1e6,
    d1: ((lookups.known * 2 + lookups.none) * MONTH * PRICE.d1Rows) / 1e6,
    r2: (shown * MONTH * PRICE.r2Reads) / 1e6 + (transforms * MONTH * PRICE.r2Writes) / 1e6,
    storage: storage * PRICE.r2GigabyteMonth,
    transforms: (transforms * MONTH * PRICE.transforms) / 1e6,
  }
  return { people, requests, lookups, shown, transforms, storage, month }
}

/** How many people a way bears before the look-ups fill so many databases, by halving. */
function peopleFor(way, databases) {
  let [low, high] = [1_000, 10_000_000_000]
  while (high / low > 1.02) {
    const people = Math.sqrt(low * high)
    const keys = people / (1 - STREAM.unknown)
    const stream = { ...STREAM, requests: people * REQUESTS_PER_PERSON }
    const { all } = lookupsOf(makeZipf(keys, 0.9), way, { caches: 1, stream })
    if (all > databases * D1_QUERIES) high = people
    else low = people
  }
  return low
}

function printLimits() {
  const rounded = (value) => number(Number(value.toPrecision(2)))
  const rows = WAYS.slice(2).map((way) => ({
    'answers kept': way.name,
    'one database': rounded(peopleFor(way, 1)),
    'with 6 read replicas': rounded(peopleFor(way, 7)),
    '16 databases by hash prefix': rounded(peopleFor(way, 16)),
    both: rounded(peopleFor(way, 112)),
  }))
  console.log('\nPeople until the look-ups fill D1, one upper tier, Zipf 0.9\n')
  printRows(rows)
}

const dollars = (value) => `$${value < 10 ? value.toFixed(2) : number(value)}`

function printBills() {
  const bills = [10_000, 1_000_000, 100_000_000].map(billOf)
  const row = (what, tell) => ({
    what,
    ...Object.fromEntries(bills.map((bill) => [`${number(bill.people)} people`, tell(bill)])),
  })
  const rows = [
    row('requests a second', (bill) => number(bill.requests)),
    row('D1 queries a second', (bill) => number(bill.lookups.all)),
    row('D1 rows read a second', (bill) => number(bill.lookups.known * 2 + bill.lookups.none)),
    row('of what one database answers', (bill) => `${((100 * bill.lookups.all) / D1_QUERIES).toFixed(1)} %`),
    row('D1, gigabytes (10 is the limit)', (bill) =>
      ((bill.people * (600 + HABITS.photos * 450)) / 2 ** 30).toFixed(2),
    ),
    row('R2 reads a second', (bill) => number(bill.shown)),
    row('transforms a second', (bill) => bill.transforms.toFixed(2)),
    row('R2, terabytes', (bill) => (bill.storage / 1024).toFixed(1)),
    ...Object.keys(bills[0].month).map((part) =>
      row(`${part}, a month`, (bill) => dollars(bill.month[part])),
    ),
    row('all, a month', (bill) => dollars(Object.values(bill.month).reduce((sum, part) => sum + part, 0))),
    row('a person and year', (bill) => {
      const sum = Object.values(bill.month).reduce((total, part) => total + part, 0)
      return `$${((12 * sum) / bill.people).toFixed(4)}`
    }),
  ]
  console.log('\nWhat it costs and what it asks, with who by key for 300 s behind one upper tier, Zipf 0.9\n')
  printRows(rows)
}

function printRows(rows) {
  const names = Object.keys(rows[0])
  console.log(`| ${names.join(' | ')} |\n|${names.map(() => ' --- |').join('')}`)
  for (const row of rows) console.log(`| ${names.map((name) => row[name]).join(' | ')} |`)
}

console.log(checkFormula())
const ZIPF = [0.8, 1].map((exponent) => makeZipf(STREAM.keys, exponent))
printLookups()
printLimits()
printBills()
