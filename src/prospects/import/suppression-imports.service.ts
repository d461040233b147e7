import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { insertRows } from '../../database/bulk-insert.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { NotAllowed } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { peopleNamed } from '../suppression/named-people.queries.js';
import { givingWayTo } from '../suppression/opposition-source.js';
import { Statuses } from '../status/status.service.js';
import type { SuppressionKey } from '../suppression/suppression-keys.js';
import { SUPPRESSION_KINDS, type SuppressionKind } from '../suppression/suppression.entity.js';
import { mayKeepAgencyList } from '../suppression/suppression.policy.js';
import { tableRows } from './file-rows.queries.js';
import { ImportFiles, type StoredFile } from './import-files.service.js';
import { asInvalid } from './import-uploads.service.js';
import { listColumns, type ListProblem, readListRow } from './suppression-file.js';

/** Rows to a transaction. */
const CHUNK = 200;
/** Refused cells that are named one by one. */
const NAMED = 200;

/** What became of a list: `added + already + repeated` entries, and every cell that was none. */
export interface ListOutcome {
  rows: number;
  added: number;
  /** In force before. */
  already: number;
  /** Said further up in the file. */
  repeated: number;
  /** Prospects who are contacted no more because of it. */
  stopped: number;
  refused: Partial<Record<ListProblem, number>>;
  /** The first of those refused. */
  named: { row: number; cell: string; problem: ListProblem }[];
}

/** Lists of oppositions brought as files: addresses, domains, numbers, profiles, in one column or several. */
@Injectable()
export class SuppressionImports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly statuses: Statuses,
    private readonly files: ImportFiles,
  ) {}

  /** Before a file is taken. @throws NotFound, NotAllowed */
  async welcome(actor: Actor, clientId: string | null): Promise<void> {
    if (clientId === null && !mayKeepAgencyList(actor)) throw new NotAllowed('managersOnly');
    if (clientId !== null) await this.database.read((db) => loadClient(db, actor, clientId));
  }

  /**
   * Enters every key of a file for every channel; the file is gone afterwards. It is read through first: of one that
   * breaks in its middle, or never ends, nothing is entered.
   * @param clientId null: for the whole agency
   * @throws InvalidInput on `file`
   */
  async bring(actor: Actor, clientId: string | null, file: StoredFile, reason: string): Promise<ListOutcome> {
    await this.welcome(actor, clientId);
    const country = clientId === null ? undefined : await this.countryOf(actor, clientId);
    await this.readThrough(file);
    const { labels, mapping, hasHeader } = file.understanding;
    const columns = listColumns(labels, mapping, hasHeader);
    const outcome: ListOutcome = {
      rows: 0,
      added: 0,
      already: 0,
      repeated: 0,
      stopped: 0,
      refused: {},
      named: [],
    };
    const seen = new Set<string>();
    // What a killed process has entered by then stays in force: the trail must know whose it is.
    await this.database.write((tx) => this.begin(tx, actor, clientId));
    try {
      const path = this.files.pathOf(file.storedAs);
      for await (const { rows } of tableRows(path, file.understanding, CHUNK)) {
        const keys = rows.flatMap(({ number, cells }) => {
          const { entries, problems } = readListRow(cells, columns, country);
          problems.forEach((one) => refuse(outcome, { row: number, ...one }));
          return entries;
        });
        outcome.rows += rows.length;
        await this.enter(actor, { clientId, reason }, fresh(keys, seen, outcome), outcome);
        await breath();
      }
    } finally {
      await this.files.forget(file.storedAs);
      await this.database.write((tx) => this.record(tx, actor, clientId, outcome));
    }
    return outcome;
  }

  private async readThrough({ storedAs, understanding }: StoredFile): Promise<void> {
    try {
      const batches = tableRows(this.files.pathOf(storedAs), understanding, CHUNK);
      while (!(await batches.next()).done) await breath();
    } catch (error) {
      throw asInvalid(error);
    }
  }

  private async enter(
    actor: Actor,
    list: { clientId: string | null; reason: string },
    keys: readonly SuppressionKey[],
    outcome: ListOutcome,
  ): Promise<void> {
    if (keys.length === 0) return;
    const done = await this.database.write(async (tx) => {
      const known = new Set<string>();
      for (const kind of SUPPRESSION_KINDS)
        for (const value of await staysInForce(tx, list.clientId, kind, keys)) known.add(`${kind} ${value}`);
      const added = keys.filter(({ kind, value }) => !known.has(`${kind} ${value}`));
      await giveWay(tx, actor, list.clientId, { keys: added, now: this.clock.now() });
      const now = tx.dialect.bind(this.clock.now());
      await insertRows(
        tx,
        'suppression',
        ['id', 'client_id', 'kind', 'value', 'reason', 'source', 'created_by', 'created_at'],
        added.map(({ kind, value }) => [
          newId(),
          list.clientId,
          kind,
          value,
          list.reason,
          'import',
          actor.userId || null,
          now,
        ]),
        'ignore',
      );
      const stopped = await this.stop(tx, actor, list, added);
      return { added: added.length, already: keys.length - added.length, stopped };
    });
    outcome.added += done.added;
    outcome.already += done.already;
    outcome.stopped += done.stopped;
  }

  /** Those named by a new entry are contacted no more; what the agency's list says stays on that list. */
  private async stop(
    tx: Tx,
    actor: Actor,
    { clientId, reason }: { clientId: string | null; reason: string },
    added: readonly SuppressionKey[],
  ): Promise<number> {
    const ids = new Set<string>();
    for (const kind of SUPPRESSION_KINDS) {
      const values = added.filter((key) => key.kind === kind).map(({ value }) => value);
      for (const { id, status } of await peopleNamed(tx, clientId, kind, values))
        if (status !== 'do_not_contact') ids.add(id);
    }
    const why = { reason: clientId === null ? null : reason, isListed: true };
    for (const id of [...ids].sort()) await this.statuses.follow(tx, actor, id, 'do_not_contact', why);
    return ids.size;
  }

  private async countryOf(actor: Actor, clientId: string): Promise<string> {
    return (await this.database.read((db) => loadClient(db, actor, clientId))).country;
  }

  private begin(tx: Tx, actor: Actor, clientId: string | null): Promise<void> {
    const act = 'suppression.file_begun';
    return this.audit.record(tx, actor, { act, subjectType: 'suppression', clientId });
  }

  private record(tx: Tx, actor: Actor, clientId: string | null, outcome: ListOutcome): Promise<void> {
    const { rows, added, already, repeated, stopped, refused } = outcome;
    return this.audit.record(tx, actor, {
      act: 'suppression.file_imported',
      subjectType: 'suppression',
      clientId,
      details: { rows, added, already, repeated, stopped, refused },
    });
  }
}

/** What an act of ours had entered, and would take away with it, ends where the file says the same. */
async function giveWay(
  tx: Tx,
  actor: Actor,
  clientId: string | null,
  { keys, now }: { keys: readonly SuppressionKey[]; now: Date },
): Promise<void> {
  for (const kind of SUPPRESSION_KINDS) {
    const values = keys.filter((key) => key.kind === kind).map(({ value }) => value);
    if (values.length === 0) continue;
    await tx.run(sql`UPDATE suppression SET removed_at = ${now}, removed_by = ${actor.userId || null},
        removed_reason = 'import'
      WHERE kind = ${kind} AND ${tx.dialect.isAmong(sql`value`, values)} AND ${ofList(clientId)}
        AND removed_at IS NULL AND channels IS NULL AND source IN (${join(givingWayTo('import'))})`);
  }
}

function ofList(clientId: string | null): Sql {
  return clientId === null ? sql`client_id IS NULL` : sql`client_id = ${clientId}`;
}

/** Which of these values the list itself holds already, for every channel, and not by an act that can be taken back. */
async function staysInForce(
  tx: Tx,
  clientId: string | null,
  kind: SuppressionKind,
  keys: readonly SuppressionKey[],
): Promise<string[]> {
  const values = keys.filter((key) => key.kind === kind).map(({ value }) => value);
  if (values.length === 0) return [];
  const rows = await tx.rows(
    sql`SELECT value FROM suppression WHERE kind = ${kind} AND ${tx.dialect.isAmong(sql`value`, values)} AND ${ofList(clientId)}
      AND removed_at IS NULL AND channels IS NULL AND source NOT IN (${join(givingWayTo('import'))})`,
    { value: text },
  );
  return rows.map(({ value }) => value);
}

function fresh(keys: readonly SuppressionKey[], seen: Set<string>, outcome: ListOutcome): SuppressionKey[] {
  return keys.filter(({ kind, value }) => {
    const name = `${kind} ${value}`;
    if (seen.has(name)) outcome.repeated += 1;
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew;
  });
}

function refuse(outcome: ListOutcome, one: ListOutcome['named'][number]): void {
  outcome.refused[one.problem] = (outcome.refused[one.problem] ?? 0) + 1;
  if (outcome.named.length < NAMED) outcome.named.push({ ...one, cell: one.cell.slice(0, 200) });
}
