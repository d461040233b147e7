import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import type { Db, Tx } from '../../database/db.js';
import { json, maybe, text, word, type RowOf } from '../../database/rows.js';
import { newId } from '../../shared/id.js';
import { aliasesOf } from '../merge/aliases.queries.js';
import { givingWayTo } from './opposition-source.js';
import {
  objectionOf,
  type Objection,
  type PersonKeys,
  suppressibleKeys,
  type SuppressionKey,
} from './suppression-keys.js';
import type { SuppressionKind } from './suppression.entity.js';

const COVERING = {
  id: text,
  clientId: maybe(text),
  kind: word<SuppressionKind>(),
  value: text,
  channels: maybe(json<string[]>()),
  reason: text,
  source: text,
};

/** An entry in force that covers somebody. `clientId` null: the whole agency; `channels` null: every one. */
export type Covering = RowOf<typeof COVERING>;

/** Values asked for in one statement: a fixed ceiling keeps the number of different statements small. */
const CHUNK = 400;

/** Who must not be contacted. Read at import, at enrolment and again before each send, in the caller's transaction. */
@Injectable()
export class Suppressions {
  constructor(
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * The entries in force that cover each person (by id), the broadest first: the agency's before the client's, those
   * for every channel before those for some. A person nobody covers is not in the map. For as many people at once as
   * the caller has.
   */
  async covering<P extends PersonKeys & { id: string }>(
    db: Db,
    clientId: string,
    people: readonly P[],
  ): Promise<Map<string, Covering[]>> {
    const keysOf = new Map(people.map((person) => [person.id, suppressibleKeys(person)]));
    // Who objects under an address they had before a merge, or write from, objects under all.
    for (const { prospectId, kind, value } of await aliasesOf(db, clientId, [...keysOf.keys()]))
      keysOf.get(prospectId)?.push({ kind, value });
    const found = await this.inForce(db, clientId, [...keysOf.values()].flat());
    const covered = new Map<string, Covering[]>();
    for (const [id, keys] of keysOf) {
      const entries = keys.flatMap((key) => found.get(nameOf(key)) ?? []);
      if (entries.length > 0) covered.set(id, entries.sort(broadestFirst));
    }
    return covered;
  }

  /** What each person objects to: every channel, or the channels named. Nobody else is in the map. */
  async objectionsOf<P extends PersonKeys & { id: string; clientId: string }>(
    db: Db,
    people: readonly P[],
  ): Promise<Map<string, Objection>> {
    const objections = new Map<string, Objection>();
    for (const clientId of new Set(people.map((person) => person.clientId))) {
      const own = people.filter((person) => person.clientId === clientId);
      for (const [id, entries] of await this.covering(db, clientId, own)) {
        objections.set(id, objectionOf(entries));
      }
    }
    return objections;
  }

  /**
   * Enters keys for every channel, those already in force left as they are unless they give way to this source; gives
   * the ids of the new entries.
   */
  async enter(tx: Tx, actor: Actor, entry: NewEntries): Promise<string[]> {
    const { clientId, reason, source } = entry;
    const inForce = await this.inForce(tx, clientId, entry.keys);
    const weaker = givingWayTo(source);
    const stays = (old: Covering) =>
      old.clientId === clientId && old.channels === null && !weaker.includes(old.source);
    const isEntered = (key: SuppressionKey) => inForce.get(nameOf(key))?.some(stays) ?? false;
    const ids: string[] = [];
    for (const { kind, value } of entry.keys.filter((key) => !isEntered(key))) {
      const id = await this.insert(tx, actor, { clientId, kind, value, channels: null, reason, source });
      if (id !== null) ids.push(id);
    }
    return ids;
  }

  /**
   * Writes one entry and its line on the audit trail, in the place of one that gives way to it; gives its id, or null
   * when the same is in force already.
   */
  async insert(tx: Tx, actor: Actor, entry: NewEntry): Promise<string | null> {
    const { clientId, kind, value, channels, reason, source } = entry;
    const id = newId();
    const replaces = channels === null ? await this.giveWay(tx, actor, entry) : null;
    const inserted = await tx.run(sql`
      INSERT INTO suppression (id, client_id, kind, value, channels, reason, source, created_by, created_at)
      VALUES (${id}, ${clientId}, ${kind}, ${value}, ${channels && JSON.stringify(channels)}, ${reason}, ${source},
        ${actor.userId || null}, ${this.clock.now()}) ON CONFLICT DO NOTHING`);
    if (inserted === 0) return null;
    const subject = { subjectType: 'suppression', subjectId: id, clientId };
    const details = { kind, source, ...(replaces === null ? {} : { replaces }) };
    await this.audit.record(tx, actor, { act: 'suppression.added', ...subject, details });
    return id;
  }

  /** The entry in force that a stronger word takes the place of: it is kept, as one that is over, with what ended it. */
  private async giveWay(tx: Tx, actor: Actor, entry: NewEntry): Promise<string | null> {
    const { clientId, kind, value, source } = entry;
    const weaker = givingWayTo(source);
    if (weaker.length === 0) return null;
    const old = await tx.row(
      sql`UPDATE suppression SET removed_at = ${this.clock.now()}, removed_by = ${actor.userId || null},
          removed_reason = ${source}
        WHERE kind = ${kind} AND value = ${value} AND removed_at IS NULL AND channels IS NULL
          AND source IN (${join(weaker)})
          AND ${clientId === null ? sql`client_id IS NULL` : sql`client_id = ${clientId}`}
        RETURNING id`,
      { id: text },
    );
    return old?.id ?? null;
  }

  /** By the name of their key. `clientId` null asks for the agency's entries only. */
  private async inForce(
    db: Db,
    clientId: string | null,
    keys: readonly SuppressionKey[],
  ): Promise<Map<string, Covering[]>> {
    const found = new Map<string, Covering[]>();
    for (const isOneOf of questionsFor(keys)) {
      const rows = await db.rows(
        sql`SELECT id, client_id, kind, value, channels, reason, source FROM suppression
          WHERE (${isOneOf}) AND removed_at IS NULL AND ${inScope(clientId)}`,
        COVERING,
      );
      for (const row of rows) found.set(nameOf(row), [...(found.get(nameOf(row)) ?? []), row]);
    }
    return found;
  }
}

export interface NewEntries {
  /** Null: the whole agency. */
  clientId: string | null;
  keys: readonly SuppressionKey[];
  reason: string;
  /** `manual`, `import`, `unsubscribe`, `status` … */
  source: string;
}

export interface NewEntry extends SuppressionKey {
  /** Null: the whole agency. */
  clientId: string | null;
  /** Sorted; null: every one. */
  channels: readonly string[] | null;
  reason: string;
  source: string;
}

/** One question while there are few keys, else one for each kind and so many values. */
function questionsFor(keys: readonly SuppressionKey[]): Sql[] {
  const questions: Sql[] = [];
  const valuesOf = new Map<SuppressionKind, Set<string>>();
  for (const { kind, value } of keys) valuesOf.set(kind, (valuesOf.get(kind) ?? new Set()).add(value));
  for (const [kind, distinct] of valuesOf) {
    const values = [...distinct];
    for (let from = 0; from < values.length; from += CHUNK)
      questions.push(sql`kind = ${kind} AND value IN (${join(values.slice(from, from + CHUNK))})`);
  }
  return keys.length > CHUNK || questions.length < 2 ? questions : [join(questions, ' OR ')];
}

function inScope(clientId: string | null): Sql {
  return clientId === null ? sql`client_id IS NULL` : sql`(client_id IS NULL OR client_id = ${clientId})`;
}

function nameOf({ kind, value }: SuppressionKey): string {
  return `${kind} ${value}`;
}

function broadestFirst(one: Covering, other: Covering): number {
  const breadth = (entry: Covering) => (entry.clientId === null ? 2 : 0) + (entry.channels === null ? 1 : 0);
  return breadth(other) - breadth(one);
}
