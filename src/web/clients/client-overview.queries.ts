import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientTeam, type Member } from '../../clients/client-team.service.js';
import type { Contact } from '../../clients/contact.entity.js';
import { Contacts } from '../../clients/contacts.service.js';
import { type AgreedEngagement, EngagementQueries } from '../../clients/engagements.queries.js';
import { Database } from '../../database/database.js';
import { flag } from '../../database/rows.js';
import { IcpQueries, type WrittenIcp } from '../../icp/icp.queries.js';

export interface ClientOverview {
  engagements: AgreedEngagement[];
  icps: WrittenIcp[];
  contacts: Contact[];
  team: Member[];
  portalUsers: Member[];
  beginnings: Beginnings;
}

const BEGINNINGS = { hasProspects: flag, hasMailbox: flag, isWorked: flag };
/** What there is of the first of each; `isWorked`: somebody has entered a sequence. */
export interface Beginnings {
  hasProspects: boolean;
  hasMailbox: boolean;
  isWorked: boolean;
}

/** Everything the page of one client shows, from the rooms below. */
@Injectable()
export class ClientOverviews {
  constructor(
    private readonly engagements: EngagementQueries,
    private readonly icps: IcpQueries,
    private readonly contacts: Contacts,
    private readonly team: ClientTeam,
    private readonly database: Database,
  ) {}

  /** @throws NotFound when the client is out of sight */
  async of(actor: Actor, client: Client): Promise<ClientOverview> {
    const [engagements, icps, contacts, team, portalUsers, beginnings] = await Promise.all([
      this.engagements.list(actor, client.id),
      this.icps.list(actor, client.id),
      this.contacts.list(actor, client.id),
      this.team.list(actor, client.id),
      this.team.portalUsers(actor, client.id),
      this.beginnings(client.id),
    ]);
    return { engagements, icps, contacts, team, portalUsers, beginnings };
  }

  private async beginnings(clientId: string): Promise<Beginnings> {
    const found = await this.database.read((db) =>
      db.row(
        sql`SELECT EXISTS (SELECT 1 FROM prospect WHERE client_id = ${clientId}) AS has_prospects,
            EXISTS (SELECT 1 FROM mailbox WHERE client_id = ${clientId}) AS has_mailbox,
            EXISTS (SELECT 1 FROM enrolment WHERE client_id = ${clientId}) AS is_worked`,
        BEGINNINGS,
      ),
    );
    return found!;
  }
}
