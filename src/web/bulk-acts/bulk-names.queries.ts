import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import { text } from '../../database/rows.js';
import { Lists } from '../../prospects/lists/lists.service.js';
import { ProspectList } from '../../prospects/search/prospect-list.queries.js';

/** What the ids in the terms of an act are called. */
export interface BulkNames {
  lists: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, string>;
  sequences: ReadonlyMap<string, string>;
}

@Injectable()
export class BulkNameReads {
  constructor(
    private readonly database: Database,
    private readonly lists: Lists,
    private readonly prospects: ProspectList,
  ) {}

  /** @throws NotFound for a client out of sight */
  async of(actor: Actor, clientId: string): Promise<BulkNames> {
    const lists = await this.lists.of(actor, clientId);
    const people = await this.prospects.team(actor, clientId);
    const sequences = await this.database.read((db) =>
      db.rows(sql`SELECT id, name FROM sequence WHERE client_id = ${clientId}`, { id: text, name: text }),
    );
    return { lists: named(lists), people: named(people), sequences: named(sequences) };
  }
}

function named(things: readonly { id: string; name: string }[]): Map<string, string> {
  return new Map(things.map(({ id, name }) => [id, name]));
}
