import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { InvalidInput } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { ofClient } from '../lists/lists.service.js';
import type { DistinctInput } from './merge.dto.js';
import { dismiss } from './merged-dismissals.queries.js';

/** What people say of pairs that are not one person. */
@Injectable()
export class Distinctions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** They are two people: never suggested again. @throws NotFound; InvalidInput for prospects who are not the client's */
  keepApart(actor: Actor, clientId: string, pair: DistinctInput): Promise<void> {
    return this.decide(actor, clientId, pair, 'duplicates.dismissed', async (tx) => {
      const { firstId, secondId } = pair;
      const at = this.clock.now().toISOString();
      await dismiss(tx, clientId, firstId, { otherId: secondId, at, by: actor.userId || null });
    });
  }

  /** Takes that back: the pair may be suggested again. */
  reconsider(actor: Actor, clientId: string, pair: DistinctInput): Promise<void> {
    return this.decide(actor, clientId, pair, 'duplicates.reconsidered', async (tx) => {
      const [firstId, secondId] = [pair.firstId, pair.secondId].sort();
      await tx.run(sql`UPDATE duplicate_pair SET dismissed_at = NULL, dismissed_by = NULL
        WHERE first_id = ${firstId} AND second_id = ${secondId}`);
    });
  }

  private decide(
    actor: Actor,
    clientId: string,
    { firstId, secondId }: DistinctInput,
    act: string,
    write: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    return this.database.write(async (tx) => {
      await loadClient(tx, actor, clientId);
      const known = await ofClient(tx, clientId, [firstId, secondId].filter(isId));
      if (known.length < 2)
        throw new InvalidInput({ [known.includes(firstId) ? 'secondId' : 'firstId']: 'merge.notThere' });
      await write(tx);
      await this.audit.record(tx, actor, {
        act,
        subjectType: 'prospect',
        subjectId: firstId,
        clientId,
        details: { otherId: secondId },
      });
    });
  }
}
