import { Injectable } from '@nestjs/common';
import type { Db } from '../../database/db.js';
import { newId } from '../../shared/id.js';
import { ErasedPeople } from '../suppression/erased-people.service.js';
import { Suppressions } from '../suppression/suppressions.service.js';
import { type ImportRun, planChunk, type PlannedRow } from './import-run.js';
import { knownProspects } from './known-prospects.queries.js';
import type { DraftedRow } from './packed-rows.js';

/** Looks up what a chunk of rows meets in the database, and decides each row. Writes nothing. */
@Injectable()
export class ImportPlanner {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly erased: ErasedPeople,
  ) {}

  async plan(db: Db, run: ImportRun, rows: readonly DraftedRow[]): Promise<PlannedRow[]> {
    const fit = rows.filter(({ problem }) => problem === null);
    const known = await knownProspects(db, run.clientId, fit);
    const suppressedRows = await this.suppressed(db, run, fit);
    const erasedRows = await this.erased.among(db, run.clientId, fit);
    return planChunk(run, rows, { known, suppressedRows, erasedRows, newId });
  }

  /** As plan, for a run that will write nothing: what it would create is remembered in the run. */
  async imagine(db: Db, run: ImportRun, rows: readonly DraftedRow[]): Promise<PlannedRow[]> {
    const planned = await this.plan(db, run, rows);
    for (const { row, decision } of planned) {
      if (decision.outcome === 'created') run.imagined.add({ person: row.person, keys: decision.keys });
    }
    return planned;
  }

  private async suppressed(db: Db, run: ImportRun, rows: readonly DraftedRow[]): Promise<Set<number>> {
    const people = rows.map((row) => ({
      id: String(row.number),
      email: row.of('email'),
      phone: row.of('phone'),
      mobilePhone: row.of('mobilePhone'),
      linkedinUrl: row.of('linkedinUrl'),
      companyDomain: row.company?.domain ?? null,
    }));
    const covering = await this.suppressions.covering(db, run.clientId, people);
    const onEveryChannel = [...covering].filter(([, entries]) =>
      entries.some(({ channels }) => channels === null),
    );
    return new Set(onEveryChannel.map(([id]) => Number(id)));
  }
}
