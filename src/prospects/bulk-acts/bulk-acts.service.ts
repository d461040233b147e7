import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { Conflict, InvalidInput, NotAllowed } from '../../shared/errors.js';
import { BULK_ACTS, type BulkState } from './bulk-act.js';
import type { BulkActInput } from './bulk-act.dto.js';
import { BulkAct } from './bulk-act.entity.js';
import { loadBulkAct } from './bulk-acts.queries.js';
import { tellBulk } from './bulk-chunks.service.js';
import { isSameOrder } from './bulk-order.queries.js';
import { BulkOrders } from './bulk-orders.service.js';
import { BulkRunner } from './bulk-runner.service.js';
import { selectionOf } from '../search/prospect-selection.queries.js';

/** Acts on many prospects of one client: counted first, then started, cancelled or taken back by a person. */
@Injectable()
export class BulkActs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly orders: BulkOrders,
    private readonly runner: BulkRunner,
    private readonly audit: Audit,
  ) {}

  /**
   * Begins to count whom the act would change; nothing else is touched until it is started. Those named are counted at
   * once. Asked again with the same key, the act of the first time is given. `isConfirmed`: it starts by itself.
   * @throws NotFound; NotAllowed; InvalidInput; Conflict when a list of the new name exists, or `clickKeyUsed` when the key
   *   is that of another act
   */
  async open(
    actor: Actor,
    clientId: string,
    input: BulkActInput,
    { isConfirmed = false } = {},
  ): Promise<BulkAct> {
    const { prospectIds, filter } = input;
    if ((prospectIds === undefined) === (filter === undefined))
      throw new InvalidInput({ filter: 'prospects.chooseOne' });
    const act = await this.database.write(async (tx) => {
      await loadClient(tx, actor, clientId);
      const twin = await this.twinOf(tx, actor, input.clickKey);
      if (twin !== null) {
        if (!(await isSameOrder(tx, twin, clientId, input))) throw new Conflict('prospects.clickKeyUsed');
        return twin;
      }
      // A filter that cannot be read is refused now, not in the background.
      await selectionOf(tx, actor, clientId, filter ?? {});
      return this.orders.write(tx, actor, clientId, input, isConfirmed);
    });
    if (act.state === 'counting') this.runner.start(act.id);
    return act;
  }

  /** The person has seen the count. Twice is the same as once. @throws NotFound; NotAllowed; Conflict */
  async start(actor: Actor, id: string): Promise<BulkAct> {
    const act = await this.move(actor, id, 'start', 'running', ['running', 'done']);
    this.runner.start(id);
    return act;
  }

  /** Stops before the next people; what was done stays, and can be taken back. */
  cancel(actor: Actor, id: string): Promise<BulkAct> {
    return this.move(actor, id, 'cancel', 'cancelled', ['cancelled']);
  }

  /** Puts everybody back who has not been changed since. Twice is the same as once. */
  async undo(actor: Actor, id: string): Promise<BulkAct> {
    const act = await this.move(actor, id, 'undo', 'undoing', ['undoing', 'undone']);
    this.runner.start(id);
    return act;
  }

  /** Waits until the act rests, or `seconds` have passed; for a page that would rather show the result. */
  async settled(id: string, seconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, seconds * 1000)));
    await Promise.race([this.runner.finished(id), enough]);
    clearTimeout(timer);
  }

  private move(
    actor: Actor,
    id: string,
    wish: 'start' | 'cancel' | 'undo',
    to: BulkState,
    reached: readonly BulkState[],
  ): Promise<BulkAct> {
    return this.database.write(async (tx) => {
      const act = await loadBulkAct(tx, actor, id);
      if (!mayTouch(actor, act, wish)) throw new NotAllowed();
      if (reached.includes(act.state)) return act;
      if (!BULK_ACTS[act.state].includes(wish)) throw new Conflict('prospects.bulkNotNow');
      const now = this.clock.now();
      // A run has the rights, and in the history the name, of whoever said go; a stop runs nothing.
      const isStop = wish === 'cancel';
      const terms = isStop ? act.terms : { ...act.terms, by: actor.userId };
      const moved =
        await tx.run(sql`UPDATE bulk_act SET state = ${to}, terms = ${JSON.stringify(terms)}, progress_at = ${now},
          position = ${isStop ? sql`position` : 0}, finished_at = ${isStop ? now : act.finishedAt}
        WHERE id = ${id} AND state = ${act.state}`);
      // Read again: the run may have gone on while this waited for it.
      const since = await loadBulkAct(tx, actor, id);
      // Somebody else, or the run itself, was a moment faster: the same wish is granted already.
      if (moved === 0 && !reached.includes(since.state)) throw new Conflict('prospects.bulkNotNow');
      if (moved > 0 && isStop) await tellBulk(this.audit, tx, actor, { act: 'bulk.cancelled', of: since });
      return since;
    });
  }

  private async twinOf(tx: Tx, actor: Actor, clickKey: string | undefined): Promise<BulkAct | null> {
    if (clickKey === undefined) return null;
    // Of two clicks of one moment, the second waits here and finds what the first made.
    await tx.rows(sql`SELECT id FROM app_user WHERE id = ${actor.userId}${tx.dialect.forUpdate}`, {});
    return tx.entities.findOneBy(BulkAct, { createdBy: actor.userId, clickKey });
  }
}

/** One's own act, or a manager's word on anybody's; only managers lift many objections at once. */
export function mayTouch(
  actor: Actor,
  act: Pick<BulkAct, 'createdBy' | 'kind'>,
  wish: 'start' | 'cancel' | 'undo',
): boolean {
  if (isManager(actor)) return true;
  return act.createdBy === actor.userId && !(wish === 'undo' && act.kind === 'suppress');
}
