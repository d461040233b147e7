import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import { insertRows } from '../../database/bulk-insert.js';
import type { Tx } from '../../database/db.js';
import { newId } from '../../shared/id.js';
import { Facts } from '../facts.service.js';
import { searchColumns } from '../search/search-text.js';
import { beforeImage, type BeforeImage } from './before-image.js';
import { keepBook } from './book-keeping.queries.js';
import { type CompanyBook, companyBook, type KnownCompany } from './import-companies.queries.js';
import { type ImportRun, isOwn, type PlannedRow } from './import-run.js';
import type { IdentityKeys } from './identity-keys.js';
import type { NotedRow } from './noted-cells.js';
import type { Changes, KnownProspect } from './row-decision.js';
import { storedVerdict } from './stored-verdict.js';
import { columnOf, PROSPECT_COLUMNS, prospectRow } from './stored-rows.js';

interface KeptRow {
  planned: PlannedRow;
  outcome: 'updated' | 'skipped' | 'failed';
  reason: string | null;
  prospectId: string | null;
  before: BeforeImage | null;
}

/** Writes a planned chunk inside the caller's transaction: companies, prospects, facts, list, and what a revert will need. */
@Injectable()
export class ImportWriter {
  constructor(private readonly facts: Facts) {}

  async write(tx: Tx, run: ImportRun, planned: readonly PlannedRow[], now: Date): Promise<void> {
    const at = tx.dialect.bind(now);
    const created = planned.filter(({ decision }) => decision.outcome === 'created');
    const changed = planned.filter(({ decision }) => 'changes' in decision && decision.changes !== null);
    const touched = [...created, ...changed];
    const knownCompanies = changed.flatMap(({ decision }) => {
      return 'known' in decision && decision.known?.companyId ? [decision.known.companyId] : [];
    });
    const drafts = touched.map(({ row }) => row);
    const book = await companyBook(tx, run.clientId, drafts, [...new Set(knownCompanies)]);
    const companies = new Map(
      created.map((planned) => {
        const { company } = planned.row;
        return [planned, company && book.of(company, newId)];
      }),
    );
    const ofCreated = new Map([...companies].map(([row, company]) => [row.newId, company]));
    const updates = changed.map((one) => this.update(one, book, ofCreated));
    await keepBook(tx, run.clientId, book, at);
    await this.create(tx, run, created, companies, at);
    for (const update of updates) await this.apply(tx, run, update, now);
    await this.enlist(tx, run, planned);
    await this.keep(tx, run, planned, updates);
  }

  /** What went in without some of its cells. */
  async note(tx: Tx, { importId }: ImportRun, noted: readonly NotedRow[]): Promise<void> {
    await insertRows(
      tx,
      'import_row',
      ['id', 'import_id', 'row_number', 'outcome', 'reason', 'prospect_id', 'cells'],
      noted.map(({ rowNumber, problem, prospectId, cells }) => [
        ...[newId(), importId, rowNumber, 'noted', problem, prospectId],
        JSON.stringify(cells),
      ]),
    );
  }

  private update(
    planned: PlannedRow,
    book: CompanyBook,
    ofCreated: ReadonlyMap<string | null, KnownCompany | null>,
  ): PlannedUpdate {
    const decision = planned.decision as { known: KnownProspect; changes: Changes };
    const drafted = planned.row.company;
    const moved = decision.changes.isMove && drafted ? book.of(drafted, newId) : null;
    const company = moved ?? ofCreated.get(decision.known.id) ?? book.get(decision.known.companyId);
    return { planned, known: decision.known, changes: decision.changes, moved, company };
  }

  private async create(
    tx: Tx,
    run: ImportRun,
    created: readonly PlannedRow[],
    companies: ReadonlyMap<PlannedRow, KnownCompany | null>,
    now: unknown,
  ): Promise<void> {
    const rows = created.map((planned) => {
      const { keys } = planned.decision as { keys: IdentityKeys };
      const company = companies.get(planned) ?? null;
      return prospectRow({ run, id: planned.newId!, row: planned.row, keys, company, now });
    });
    await insertRows(tx, 'prospect', PROSPECT_COLUMNS, rows);
    const facts = created.map((row) => [
      newId(),
      run.clientId,
      row.newId,
      'prospect.created',
      now,
      now,
      run.userId,
      run.importId,
    ]);
    await insertRows(
      tx,
      'activity',
      ['id', 'client_id', 'prospect_id', 'kind', 'at', 'recorded_at', 'user_id', 'about_id'],
      facts,
    );
    await insertRows(
      tx,
      'activity_pending',
      ['prospect_id'],
      created.map((row) => [row.newId]),
      'ignore',
    );
  }

  private async apply(
    tx: Tx,
    run: ImportRun,
    { known, changes, moved, company, planned }: PlannedUpdate,
    now: Date,
  ): Promise<void> {
    const companyName = moved === null ? known.companyName : planned.row.company!.name;
    const after = { ...known, ...changes.person, companyName };
    const fit = storedVerdict(run.icps, after, company);
    const derived = searchColumns(after, company?.domain ?? null);
    const sets = [
      ...Object.entries({ ...changes.person, ...derived }).map(
        ([field, value]) => sql`${columnOf(field)} = ${value}`,
      ),
      ...Object.entries(changes.keys).map(([kind, key]) => sql`${columnOf(`${kind}Key`)} = ${key}`),
      ...(Object.keys(changes.custom).length === 0
        ? []
        : [sql`custom = ${JSON.stringify({ ...known.custom, ...changes.custom })}`]),
      ...(moved === null ? [] : [sql`company_id = ${moved.id}, company_name = ${companyName}`]),
      sql`icp_version_id = ${fit.icpVersionId}, fit = ${fit.fit}, fit_score = ${fit.fitScore}`,
      sql`fit_reasons = ${fit.fitReasons}, updated_at = ${now}, version = version + ${isOwn(run, known) ? 0 : 1}`,
    ];
    await tx.run(
      sql`UPDATE prospect SET ${join(sets)} WHERE id = ${known.id} AND client_id = ${run.clientId}`,
    );
    const { judged } = known;
    if (judged.fit !== fit.fit || judged.icpVersionId !== fit.icpVersionId)
      await this.facts.recount(tx, known.id);
  }

  /** Everybody the file brought is on its list, those known before included. */
  private async enlist(tx: Tx, run: ImportRun, planned: readonly PlannedRow[]): Promise<void> {
    if (run.listId === null) return;
    const ids = planned.flatMap(({ decision, newId: id }) => {
      if (id !== null) return [id];
      return 'known' in decision && decision.known ? [decision.known.id] : [];
    });
    const members = [...new Set(ids)].map((id) => [run.listId, id]);
    await insertRows(tx, 'list_member', ['list_id', 'prospect_id'], members, 'ignore');
  }

  private async keep(
    tx: Tx,
    run: ImportRun,
    planned: readonly PlannedRow[],
    updates: readonly PlannedUpdate[],
  ): Promise<void> {
    const images = new Map(
      updates
        .filter(({ known }) => !isOwn(run, known))
        .map((one) => [one.planned, beforeImage(one.known, one.changes, one.known.version + 1)]),
    );
    const kept = planned.flatMap((row) => keptRow(row, images.get(row) ?? null));
    await insertRows(
      tx,
      'import_row',
      ['id', 'import_id', 'row_number', 'outcome', 'reason', 'prospect_id', 'cells', 'before'],
      kept.map(({ planned: { row }, outcome, reason, prospectId, before }) => [
        newId(),
        run.importId,
        row.number,
        outcome,
        reason,
        prospectId,
        outcome === 'updated' || reason === 'erased' ? null : row.cells,
        before && JSON.stringify(before),
      ]),
    );
  }
}

interface PlannedUpdate {
  planned: PlannedRow;
  known: KnownProspect;
  changes: Changes;
  /** The company it moves to. */
  moved: KnownCompany | null;
  /** The company it is at afterwards. */
  company: KnownCompany | null;
}

function keptRow(planned: PlannedRow, before: BeforeImage | null): KeptRow[] {
  const { decision } = planned;
  if (decision.outcome === 'created' || decision.outcome === 'unchanged') return [];
  const prospectId = 'known' in decision ? (decision.known?.id ?? null) : null;
  const reason = 'reason' in decision ? decision.reason : null;
  return [{ planned, outcome: decision.outcome, reason, prospectId, before }];
}
