import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import { InvalidInput, NotAllowed } from '../../shared/errors.js';
import { ofClient } from '../lists/lists.service.js';
import { teamOf } from '../search/prospect-list.queries.js';

/** Which SDR works a prospect. */
@Injectable()
export class Ownership {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /**
   * Gives prospects of a client to a person of its team, or to nobody. An SDR may take what is free and give back what is
   * theirs; managers hand out freely. Gives how many changed hands.
   * @throws NotFound; InvalidInput for somebody who does not work for the client; NotAllowed
   */
  assign(
    actor: Actor,
    clientId: string,
    prospectIds: readonly string[],
    ownerId: string | null,
  ): Promise<number> {
    return this.database.write(async (tx) => {
      await loadClient(tx, actor, clientId);
      const team = await teamOf(tx, clientId);
      if (ownerId !== null && !team.some(({ id }) => id === ownerId))
        throw new InvalidInput({ ownerId: 'prospects.notOnTeam' });
      if (!isManager(actor) && ownerId !== null && ownerId !== actor.userId) throw new NotAllowed();
      const ids = await ofClient(tx, clientId, prospectIds);
      const mine = isManager(actor) ? sql`1 = 1` : sql`(owner_id IS NULL OR owner_id = ${actor.userId})`;
      const changed = await tx.run(
        sql`UPDATE prospect SET owner_id = ${ownerId}, version = version + 1
          WHERE ${tx.dialect.unindexed(sql`client_id`)} = ${clientId} AND ${tx.dialect.isAmong(sql`id`, ids)} AND ${mine}
            AND ${ownerId === null ? sql`owner_id IS NOT NULL` : sql`(owner_id IS NULL OR owner_id <> ${ownerId})`}`,
      );
      if (changed > 0)
        await this.audit.record(tx, actor, {
          act: 'prospect.assigned',
          subjectType: 'prospect',
          subjectId: ids.length === 1 ? ids[0]! : null,
          clientId,
          details: { ownerId, count: changed },
        });
      return changed;
    });
  }
}
