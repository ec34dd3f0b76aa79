import { DurableObject } from 'cloudflare:workers'
import { addTags, findNextCall, openBudget, spendCalls } from './budget'

/**
 * Who spends the platform's budget of purge calls, alone for everybody: the budget is one, and so are the tags that
 * share a call. Its storage keeps what waits; its alarm makes the calls. There is one, called `PURGER`.
 */
export class Purger extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    openBudget(ctx.storage.sql)
  }

  /** Keeps tags until they are purged: when this returns, they will be. */
  async add(tags: string[], privacy: boolean): Promise<void> {
    addTags(this.ctx.storage.sql, { tags, privacy }, Date.now())
    await this.setNextCall()
  }

  override async alarm(): Promise<void> {
    const edge = this.ctx.exports.PhotoOrigin
    await spendCalls(
      {
        sql: this.ctx.storage.sql,
        edge: { purge: (tags) => edge.purge(tags), sweep: () => edge.sweep() },
      },
      Date.now(),
    )
    await this.setNextCall()
  }

  private async setNextCall(): Promise<void> {
    const at = findNextCall(this.ctx.storage.sql)
    const set = await this.ctx.storage.getAlarm()
    if (at !== null && (set === null || at < set)) await this.ctx.storage.setAlarm(at)
  }
}
