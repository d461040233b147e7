import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../accounts/actor.js';
import { loadClient } from '../clients/clients.queries.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { integer, json, text } from '../database/rows.js';
import { NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import type { IcpInForce } from './best-fit.js';
import type { IcpCriteria } from './criteria.js';
import { Icp, IcpVersion } from './icp.entity.js';

/** An ICP with its version in force. */
export interface WrittenIcp {
  icp: Icp;
  version: IcpVersion;
}

@Injectable()
export class IcpQueries {
  constructor(private readonly database: Database) {}

  /** Those in use, oldest first; the shelved ones too when asked. @throws NotFound */
  list(actor: Actor, clientId: string, options: { withArchived?: boolean } = {}): Promise<WrittenIcp[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const icps = await db.entities.find(Icp, { where: { clientId }, order: { id: 'ASC' } });
      const wanted = icps.filter((icp) => icp.archivedAt === null || options.withArchived);
      const written: WrittenIcp[] = [];
      for (const icp of wanted) written.push(await withVersion(db, icp));
      return written;
    });
  }

  /** @throws NotFound */
  get(actor: Actor, id: string): Promise<WrittenIcp> {
    return this.database.read(async (db) => withVersion(db, await loadIcp(db, actor, id)));
  }

  /** Every version, latest first. @throws NotFound */
  versions(actor: Actor, id: string): Promise<IcpVersion[]> {
    return this.database.read(async (db) => {
      await loadIcp(db, actor, id);
      return db.entities.find(IcpVersion, { where: { icpId: id }, order: { version: 'DESC' } });
    });
  }

  /** What a client looks for now, to judge its prospects by. */
  inForce(clientId: string): Promise<IcpInForce[]> {
    return this.database.read((db) => icpsInForce(db, clientId));
  }
}

const IN_FORCE = {
  icpId: text,
  versionId: text,
  version: integer,
  name: text,
  criteria: json<IcpCriteria>(),
};

/** The current versions of a client's ICPs in use, oldest first: what `bestFit` takes. */
export function icpsInForce(db: Db, clientId: string): Promise<IcpInForce[]> {
  return db.rows(
    sql`SELECT i.id icp_id, v.id version_id, v.version, i.name, v.criteria
      FROM icp i JOIN icp_version v ON v.icp_id = i.id AND v.version = i.version
      WHERE i.client_id = ${clientId} AND i.archived_at IS NULL ORDER BY i.id`,
    IN_FORCE,
  );
}

/** @throws NotFound when it is out of the actor's sight */
export async function loadIcp(db: Db, actor: Actor, id: string): Promise<Icp> {
  const icp = isId(id) && isAgency(actor) ? await db.entities.findOneBy(Icp, { id }) : null;
  if (!icp || !seesClient(actor, icp.clientId)) throw new NotFound();
  return icp;
}

async function withVersion(db: Db, icp: Icp): Promise<WrittenIcp> {
  const version = await db.entities.findOneByOrFail(IcpVersion, { icpId: icp.id, version: icp.version });
  return { icp, version };
}
