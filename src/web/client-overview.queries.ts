import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import type { Client } from '../clients/client.entity.js';
import { ClientTeam, type Member } from '../clients/client-team.service.js';
import type { Contact } from '../clients/contact.entity.js';
import { Contacts } from '../clients/contacts.service.js';
import { type AgreedEngagement, EngagementQueries } from '../clients/engagements.queries.js';
import { Database } from '../database/database.js';
import { text } from '../database/rows.js';
import { IcpQueries, type WrittenIcp } from '../icp/icp.queries.js';

export interface ClientOverview {
  engagements: AgreedEngagement[];
  icps: WrittenIcp[];
  contacts: Contact[];
  team: Member[];
  portalUsers: Member[];
  hasProspects: boolean;
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
    const [engagements, icps, contacts, team, portalUsers, hasProspects] = await Promise.all([
      this.engagements.list(actor, client.id),
      this.icps.list(actor, client.id),
      this.contacts.list(actor, client.id),
      this.team.list(actor, client.id),
      this.team.portalUsers(actor, client.id),
      this.hasProspects(client.id),
    ]);
    return { engagements, icps, contacts, team, portalUsers, hasProspects };
  }

  private async hasProspects(clientId: string): Promise<boolean> {
    const first = await this.database.read((db) =>
      db.row(sql`SELECT id FROM prospect WHERE client_id = ${clientId} LIMIT 1`, { id: text }),
    );
    return first !== null;
  }
}
