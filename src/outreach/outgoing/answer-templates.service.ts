import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency, runsAgency } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { text, type RowOf } from '../../database/rows.js';
import { NotAllowed, NotFound } from '../../shared/errors.js';
import { isId, newId } from '../../shared/id.js';
import { AnswerTemplate } from './answer-template.entity.js';

const TEMPLATE = { id: text, name: text, locale: text, body: text };
export type AnswerText = RowOf<typeof TEMPLATE>;

/** Ready answers, shared by the agency. */
@Injectable()
export class AnswerTemplates {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** By name. */
  list(actor: Actor): Promise<AnswerText[]> {
    if (!isAgency(actor)) throw new NotFound();
    return this.database.read((db) =>
      db.rows(
        sql`SELECT id, name, locale, body FROM answer_template WHERE client_id IS NULL ORDER BY LOWER(name), id`,
        TEMPLATE,
      ),
    );
  }

  /** @throws NotAllowed for others than managers */
  add(actor: Actor, input: Omit<AnswerText, 'id'>): Promise<void> {
    if (!runsAgency(actor)) throw new NotAllowed('managersOnly');
    return this.database.write(async (tx) => {
      const { name, locale, body } = input;
      const created = { createdBy: actor.userId || null, createdAt: this.clock.now() };
      const id = newId();
      await tx.entities.insert(AnswerTemplate, { id, clientId: null, name, locale, body, ...created });
      await this.audit.record(tx, actor, { act: 'answer.added', subjectType: 'answer', subjectId: id });
    });
  }

  /** @throws NotAllowed; NotFound */
  drop(actor: Actor, id: string): Promise<void> {
    if (!runsAgency(actor)) throw new NotAllowed('managersOnly');
    return this.database.write(async (tx) => {
      const dropped = isId(id) ? await tx.run(sql`DELETE FROM answer_template WHERE id = ${id}`) : 0;
      if (dropped === 0) throw new NotFound();
      await this.audit.record(tx, actor, { act: 'answer.dropped', subjectType: 'answer', subjectId: id });
    });
  }
}
