import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { hashOf } from '../../accounts/secret-token.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { maybe, text } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';

const INVITED = { name: text, email: text, agencyName: text, clientName: maybe(text) };
export type InvitedPerson = { name: string; email: string; agencyName: string; clientName: string | null };

/** Whose account a link opens, so that nobody sets the password of somebody else’s. */
@Injectable()
export class InvitedPeople {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound when the link is unknown, used or too old */
  async behind(secret: string): Promise<InvitedPerson> {
    const found = await this.database.read((db) =>
      db.row(
        sql`SELECT u.name, u.email, g.name AS agency_name, k.name AS client_name
          FROM invitation i JOIN app_user u ON u.id = i.user_id LEFT JOIN client k ON k.id = u.client_id CROSS JOIN agency g
          WHERE i.token_hash = ${hashOf(secret)} AND i.used_at IS NULL AND i.expires_at > ${this.clock.now()}
            AND u.disabled_at IS NULL`,
        INVITED,
      ),
    );
    if (found === null) throw new NotFound('invitationOver');
    return found;
  }
}
