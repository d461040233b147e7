import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { isId, newId } from '../shared/id.js';
import { criteriaProblems } from './criteria-check.js';
import { type IcpCriteria, isSameCriteria, tidyCriteria } from './criteria.js';
import type { IcpChangeInput, IcpInput } from './icp.dto.js';
import { Icp, IcpVersion } from './icp.entity.js';
import { mayEditIcps } from './icp.policy.js';
import { loadIcp, type WrittenIcp } from './icp.queries.js';

/** What a client looks for. Criteria are appended version by version: a prospect judged before keeps the one it was judged by. */
@Injectable()
export class Icps {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput naming each wrong field */
  async define(actor: Actor, clientId: string, input: IcpInput): Promise<WrittenIcp> {
    const criteria = soundCriteria(input);
    return this.database.write(async (tx) => {
      await loadClient(tx, actor, clientId);
      if (!mayEditIcps(actor)) throw new NotAllowed('managersOnly');
      const icp = tx.entities.create(Icp, {
        id: newId(),
        clientId,
        name: input.name,
        version: 1,
        createdAt: this.clock.now(),
        archivedAt: null,
      });
      await tx.entities.insert(Icp, icp);
      const version = await this.addVersion(tx, actor, icp, criteria);
      await this.tell(tx, actor, icp, 'icp.defined');
      return { icp, version };
    });
  }

  /**
   * Saves the whole ICP again. Other criteria make a new version; another name alone does not.
   * @throws Conflict when somebody saved a newer version meanwhile
   */
  async refine(actor: Actor, id: string, input: IcpChangeInput): Promise<WrittenIcp> {
    const criteria = soundCriteria(input);
    return this.change(actor, id, async (tx, icp, current) => {
      if (input.version != null && input.version !== icp.version) throw new Conflict('changedMeanwhile');
      icp.name = input.name;
      const isSame = isSameCriteria(current.criteria, criteria);
      if (!isSame) icp.version += 1;
      const version = isSame ? current : await this.addVersion(tx, actor, icp, criteria);
      await tx.entities.save(Icp, icp);
      await this.tell(tx, actor, icp, isSame ? 'icp.renamed' : 'icp.refined');
      return { icp, version };
    });
  }

  /** Prospects are no longer judged by it; those that were keep their verdict. Twice is the same as once. */
  shelve(actor: Actor, id: string): Promise<WrittenIcp> {
    return this.change(actor, id, (tx, icp, version) =>
      this.setArchived(tx, actor, { icp, version }, icp.archivedAt ?? this.clock.now()),
    );
  }

  takeUpAgain(actor: Actor, id: string): Promise<WrittenIcp> {
    return this.change(actor, id, (tx, icp, version) => this.setArchived(tx, actor, { icp, version }, null));
  }

  private async setArchived(tx: Tx, actor: Actor, written: WrittenIcp, at: Date | null): Promise<WrittenIcp> {
    const { icp } = written;
    if (icp.archivedAt?.getTime() === at?.getTime()) return written;
    icp.archivedAt = at;
    await tx.entities.save(Icp, icp);
    await this.tell(tx, actor, icp, at === null ? 'icp.taken_up' : 'icp.shelved');
    return written;
  }

  private change(
    actor: Actor,
    id: string,
    alter: (tx: Tx, icp: Icp, current: IcpVersion) => Promise<WrittenIcp>,
  ): Promise<WrittenIcp> {
    return this.database.write(async (tx) => {
      if (!isId(id)) throw new NotFound();
      await tx.rows(sql`SELECT id FROM icp WHERE id = ${id}${tx.dialect.forUpdate}`, {});
      const icp = await loadIcp(tx, actor, id);
      if (!mayEditIcps(actor)) throw new NotAllowed('managersOnly');
      return alter(
        tx,
        icp,
        await tx.entities.findOneByOrFail(IcpVersion, { icpId: id, version: icp.version }),
      );
    });
  }

  private async addVersion(tx: Tx, actor: Actor, icp: Icp, criteria: IcpCriteria): Promise<IcpVersion> {
    const version = tx.entities.create(IcpVersion, {
      id: newId(),
      icpId: icp.id,
      version: icp.version,
      criteria,
      createdBy: actor.userId || null,
      createdAt: this.clock.now(),
    });
    await tx.entities.insert(IcpVersion, version);
    return version;
  }

  private async tell(tx: Tx, actor: Actor, icp: Icp, act: string): Promise<void> {
    const { id, clientId, name, version } = icp;
    await this.audit.record(tx, actor, {
      act,
      subjectType: 'icp',
      subjectId: id,
      clientId,
      details: { name, version },
    });
  }
}

function soundCriteria(input: IcpInput): IcpCriteria {
  const problems = criteriaProblems(input);
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  return tidyCriteria(input);
}
