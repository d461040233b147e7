import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { seesClient } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { guardCounts } from './guard-counts.queries.js';
import { Mailbox } from './mailbox.entity.js';
import { maySeeMailboxes } from './mailbox.policy.js';
import { useOf } from './mailbox-use.queries.js';
import type { GuardCounts } from './rate-guards.js';
import { dailyAllowance } from './send-budget.js';

/** How a mailbox is doing. */
export interface MailboxHealth {
  sent24h: number;
  /** What it may send today. */
  allowance: number;
  /** Over seven days. */
  week: GuardCounts;
}

export interface ListedMailbox {
  mailbox: Mailbox;
  client: string;
  owner: string | null;
  health: MailboxHealth;
}

@Injectable()
export class MailboxQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those of the clients in sight, by client and address. @throws NotFound for a client out of sight */
  list(actor: Actor, clientId: string | null = null): Promise<ListedMailbox[]> {
    return this.database.read(async (db) => {
      if (clientId !== null) await loadClient(db, actor, clientId);
      if (!maySeeMailboxes(actor)) throw new NotFound();
      const found = await db.rows(
        sql`SELECT m.id, c.name AS client, c.time_zone, COALESCE(u.name, '') AS owner FROM mailbox m JOIN client c ON c.id = m.client_id
            LEFT JOIN app_user u ON u.id = m.user_id
            WHERE ${withinSight(actor, sql`m.client_id`)} AND (${clientId === null} = ${true} OR m.client_id = ${clientId ?? ''})
            ORDER BY LOWER(c.name), c.id, m.address`,
        { id: text, client: text, timeZone: text, owner: text },
      );
      const listed: ListedMailbox[] = [];
      for (const { id, client, timeZone, owner } of found) {
        const mailbox = await db.entities.findOneByOrFail(Mailbox, { id });
        listed.push({
          mailbox,
          client,
          owner: owner || null,
          health: await this.health(db, mailbox, timeZone),
        });
      }
      return listed;
    });
  }

  /** @throws NotFound */
  get(actor: Actor, id: string): Promise<Mailbox> {
    return this.database.read((db) => loadMailbox(db, actor, id));
  }

  private async health(db: Db, mailbox: Mailbox, zone: string): Promise<MailboxHealth> {
    const now = this.clock.now();
    const { last24h } = await useOf(db, mailbox.id, zone, now);
    const today = DateTime.fromJSDate(now, { zone }).toISODate()!;
    const week = await guardCounts(db, { mailboxId: mailbox.id }, now, null);
    return { sent24h: last24h, allowance: dailyAllowance(mailbox, today), week };
  }
}

/** @throws NotFound when it is out of the actor's sight */
export async function loadMailbox(db: Db, actor: Actor, id: string): Promise<Mailbox> {
  const mailbox = isId(id) && maySeeMailboxes(actor) ? await db.entities.findOneBy(Mailbox, { id }) : null;
  if (!mailbox || !seesClient(actor, mailbox.clientId)) throw new NotFound();
  return mailbox;
}
