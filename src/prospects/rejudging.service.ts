import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { isManager } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { integer, json, maybe, text } from '../database/rows.js';
import { bestFit, type IcpInForce } from '../icp/best-fit.js';
import { icpsInForce } from '../icp/icp.queries.js';
import { NotAllowed } from '../shared/errors.js';
import { Facts } from './facts.service.js';
import { fitFacts } from './import/fit-facts.js';

const CHUNK = 500;

const JUDGED = {
  id: text,
  title: maybe(text),
  jobFunction: maybe(text),
  seniority: maybe(text),
  country: maybe(text),
  region: maybe(text),
  fit: maybe(text),
  fitScore: maybe(integer),
  icpVersionId: maybe(text),
  companyName: maybe(text),
  domain: maybe(text),
  industry: maybe(text),
  nafCode: maybe(text),
  headcount: maybe(integer),
  headcountBand: maybe(text),
  companyCountry: maybe(text),
  companyRegion: maybe(text),
  technologies: maybe(json<string[]>()),
};
type Judged = { [K in keyof typeof JUDGED]: ReturnType<(typeof JUDGED)[K]> };

export interface Rejudged {
  judged: number;
  /** How many have another verdict than before. */
  changed: number;
}

/** Judges a client's prospects again by the ICPs now in force. What a report counted before stays as it was counted. */
@Injectable()
export class Rejudging {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly facts: Facts,
  ) {}

  /** In chunks, each a short transaction, so that others are answered meanwhile. @throws NotFound, NotAllowed */
  async rejudge(actor: Actor, clientId: string): Promise<Rejudged> {
    const icps = await this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      if (!isManager(actor)) throw new NotAllowed('managersOnly');
      return icpsInForce(db, clientId);
    });
    const sum: Rejudged = { judged: 0, changed: 0 };
    for (let last: string | null = ''; last !== null;) {
      const after: string = last;
      const chunk = await this.database.write((tx) => this.chunk(tx, clientId, icps, after));
      sum.judged += chunk.judged;
      sum.changed += chunk.changed;
      last = chunk.last;
      await new Promise(setImmediate);
    }
    await this.database.write((tx) =>
      this.audit.record(tx, actor, {
        act: 'prospects.rejudged',
        subjectType: 'client',
        subjectId: clientId,
        clientId,
        details: { ...sum },
      }),
    );
    return sum;
  }

  private async chunk(
    tx: Tx,
    clientId: string,
    icps: readonly IcpInForce[],
    after: string,
  ): Promise<Rejudged & { last: string | null }> {
    // Held first, read then: nobody is judged by what they were before somebody else's change.
    await tx.rows(
      sql`SELECT id FROM prospect WHERE client_id = ${clientId} AND id > ${after} ORDER BY id LIMIT ${CHUNK}${tx.dialect.forUpdate}`,
      {},
    );
    const people = await tx.rows(
      sql`SELECT p.id, p.title, p.job_function, p.seniority, p.country, p.region, p.fit, p.fit_score, p.icp_version_id,
            c.name AS company_name, c.domain, c.industry, c.naf_code, c.headcount, c.headcount_band,
            c.country AS company_country, c.region AS company_region, c.technologies
          FROM prospect p LEFT JOIN company c ON c.id = p.company_id
          WHERE p.client_id = ${clientId} AND p.id > ${after} ORDER BY p.id LIMIT ${CHUNK}`,
      JUDGED,
    );
    let changed = 0;
    for (const person of people) changed += await this.judge(tx, icps, person);
    return { judged: people.length, changed, last: people.length < CHUNK ? null : people.at(-1)!.id };
  }

  private async judge(tx: Tx, icps: readonly IcpInForce[], person: Judged): Promise<number> {
    const fit = bestFit(icps, fitFacts(person, companyOf(person)));
    const isSame =
      (fit?.versionId ?? null) === person.icpVersionId &&
      (fit?.verdict ?? null) === person.fit &&
      (fit?.score ?? null) === person.fitScore;
    if (isSame) return 0;
    await tx.run(sql`UPDATE prospect SET icp_version_id = ${fit?.versionId}, fit = ${fit?.verdict}, fit_score = ${fit?.score},
        fit_reasons = ${fit && JSON.stringify(fit.reasons)}, updated_at = ${this.clock.now()} WHERE id = ${person.id}`);
    await this.facts.recount(tx, person.id);
    return (fit?.verdict ?? null) === person.fit ? 0 : 1;
  }
}

function companyOf(person: Judged) {
  if (person.companyName === null) return null;
  const { companyName: name, companyCountry: country, companyRegion: region, ...facts } = person;
  return { ...facts, name, country, region };
}
