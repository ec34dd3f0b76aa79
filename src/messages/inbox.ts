import { DurableObject } from 'cloudflare:workers'
import { databaseOf } from '../capabilities'
import { logFailure } from '../lib/failures'
import { MINUTE } from '../lib/time'
import { readInbox } from './unread'

/** Sockets of one person: tabs and devices. One more closes the oldest. */
export const MAX_SOCKETS = 20

/** How long a poke waits for others, in milliseconds: a burst of messages is one read and one push. */
const BURST = 150

/** What a socket is closed with, for its page to know whether to come again. */
export const CLOSED = { ended: 4001, crowded: 4002, spoke: 1008, failed: 1011 } as const

/** Headers by which the route hands over who is there; no header of the client's comes along. */
export const HANDOVER = { person: 'inbox-person', session: 'inbox-session' } as const

/** What a socket keeps while the object sleeps. */
interface Attachment {
  userId: string
  /** SHA-256 of the session's token. */
  session: string
  openedAt: number
  /** The number that it was last sent. */
  sent: number | null
}

/**
 * A person's open sockets, in one place for all of their tabs and devices. It is poked without a number and reads the
 * number itself, one read at a time, so that none overtakes another. It keeps nothing: what a socket was sent stands
 * with the socket, everything else in D1.
 */
export class Inbox extends DurableObject<Env> {
  /** The next read, which whoever pokes meanwhile shares. */
  private next: Promise<boolean> | null = null
  private reading: Promise<boolean> = Promise.resolve(true)
  /** When the alarm goes off, as far as this instance has said so: saying it again would be one more row written. */
  private alarmAt: number | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Opens a socket for whom the headers of HANDOVER name: the route has asked everything. 503 where nothing could be read. */
  override async fetch(request: Request): Promise<Response> {
    const userId = request.headers.get(HANDOVER.person) ?? ''
    const session = request.headers.get(HANDOVER.session) ?? ''
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    attach(server, { userId, session, openedAt: Date.now(), sent: null })
    this.closeOldest()
    if (await this.look(userId, 0)) return new Response(null, { status: 101, webSocket: client })
    server.close(CLOSED.failed)
    return new Response(null, { status: 503 })
  }

  /** Something of the person's may have changed. Reads nothing where nobody listens. */
  async poke(userId: string): Promise<void> {
    if (this.open().length) await this.look(userId, BURST)
  }

  /** The first of the sessions may be over. */
  override async alarm(): Promise<void> {
    this.alarmAt = null
    const [socket] = this.open()
    const isDone = !socket || (await this.look(attachmentOf(socket).userId, 0))
    if (!isDone) await this.wakeAt(Date.now() + MINUTE)
  }

  /** Nobody has anything to say here but `ping`, which does not come through: each message would wake the object. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(CLOSED.spoke, 'send nothing but ping')
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code) // or the client would be told 1006
  }

  /**
   * Those that can be written to. One that was closed here stays until its client answers that, which one whose network
   * is gone never does: to write to it throws, and none behind it would be told.
   */
  private open(): WebSocket[] {
    return this.ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN)
  }

  /** @returns whether they were told */
  private look(userId: string, delay: number): Promise<boolean> {
    this.next ??= this.lookAfter(userId, delay)
    return this.next
  }

  private async lookAfter(userId: string, delay: number): Promise<boolean> {
    if (delay) await scheduler.wait(delay)
    await this.reading
    this.next = null
    this.reading = this.tryToTell(userId)
    return this.reading
  }

  /** What leaves an object the platform logs as it is: a failed query with its values. */
  private async tryToTell(userId: string): Promise<boolean> {
    try {
      await this.tell(userId)
      return true
    } catch (cause) {
      logFailure({ what: 'inbox', cause })
      return false
    }
  }

  /** Reads the number and who is still signed in; sends the one where it is news, and closes the others' sockets. */
  private async tell(userId: string): Promise<void> {
    if (!this.open().length) return
    const caps = { db: databaseOf(this.env.DB), now: Date.now() }
    const { people, sessions } = await readInbox(caps, { userId })
    const ends: number[] = []
    for (const socket of this.open()) {
      const attachment = attachmentOf(socket)
      const end = sessions.get(attachment.session)
      if (end === undefined) socket.close(CLOSED.ended, 'signed out')
      else {
        ends.push(end)
        if (attachment.sent === people) continue
        socket.send(JSON.stringify({ people }))
        attach(socket, { ...attachment, sent: people })
      }
    }
    if (ends.length) await this.wakeAt(Math.max(Math.min(...ends), caps.now + 1000))
    else {
      this.alarmAt = null
      await this.ctx.storage.deleteAlarm()
    }
  }

  private async wakeAt(time: number): Promise<void> {
    if (this.alarmAt === time) return
    await this.ctx.storage.setAlarm(time)
    this.alarmAt = time
  }

  private closeOldest(): void {
    const sockets = this.open()
    if (sockets.length <= MAX_SOCKETS) return
    const oldest = sockets.toSorted((a, b) => attachmentOf(a).openedAt - attachmentOf(b).openedAt)
    for (const socket of oldest.slice(0, sockets.length - MAX_SOCKETS))
      socket.close(CLOSED.crowded, 'too many are open')
  }
}

function attach(socket: WebSocket, attachment: Attachment): void {
  socket.serializeAttachment(attachment)
}

function attachmentOf(socket: WebSocket): Attachment {
  return socket.deserializeAttachment() as Attachment
}
