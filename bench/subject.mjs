import { fork } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { cpuTime } from './cpu.mjs'

const CONNECTIONS = 4

/** How long the work goes on after an answer, in milliseconds: it counts for the turn that caused it. */
const SETTLE_MS = 10

/** A server in a process of its own, with a keep-alive client to it. */
export class Subject {
  #child
  #pids
  #client
  origin

  static async start(file, message) {
    const subject = new Subject()
    subject.#child = fork(resolve(import.meta.dirname, file), { serialization: 'advanced' })
    const started = new Promise((done, fail) => {
      subject.#child.once('message', done)
      subject.#child.once('exit', (code) => fail(new Error(`${file} ended with ${code}`)))
    })
    subject.#child.send(message)
    const { origin, pids } = await started
    subject.#pids = pids
    subject.origin = origin
    subject.#client = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 })
    return subject
  }

  /** One request; another status than was expected ends the run, for it would measure something else. */
  async get({ path, headers, status = 200 }) {
    const {
      statusCode,
      headers: answered,
      body,
    } = await this.#client.request({ path, method: 'GET', headers })
    const bytes = Buffer.from(await body.arrayBuffer())
    if (statusCode !== status) throw new Error(`${path}: ${statusCode} ${bytes.toString('latin1', 0, 200)}`)
    return { bytes, headers: answered }
  }

  /** The processes that are counted; the Worker's own is the last. */
  get pids() {
    return this.#pids
  }

  /** Makes requests on all connections and returns how many, and their CPU and wall-clock time in milliseconds. */
  async run(requests, settle = SETTLE_MS) {
    const queue = requests.values()
    const cpu = cpuTime(this.#pids)
    const start = performance.now()
    const work = async () => {
      for (const request of queue) await this.get(request)
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, work))
    const wall = performance.now() - start
    await sleep(settle)
    return { requests: requests.length, cpu: cpuTime(this.#pids) - cpu, wall }
  }

  async stop() {
    await this.#client.close()
    const ended = new Promise((done) => this.#child.once('exit', done))
    this.#child.disconnect()
    await ended
  }
}
