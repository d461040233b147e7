import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Agency } from '../accounts/agency.entity.js';
import { Audit } from '../accounts/audit.service.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { isId, newId } from '../shared/id.js';
import { webDomain } from '../shared/web-domain.js';
import type { ClientChangeInput, ClientInput } from './client.dto.js';
import { Client } from './client.entity.js';
import { ClientTeam } from './client-team.service.js';
import { mayEditClients, mayOpenClients } from './clients.policy.js';
import { loadClient } from './clients.queries.js';

/** Opening, describing and switching off the companies the agency works for. */
@Injectable()
export class Clients {
  constructor(
    private readonly database: Database,
    private readonly team: ClientTeam,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The one who opens a client works for it from then on. Zone and language are the agency's unless said. */
  async open(actor: Actor, input: ClientInput): Promise<Client> {
    if (!mayOpenClients(actor)) throw new NotAllowed('managersOnly');
    const domain = domainOf(input.domain);
    return this.database.write(async (tx) => {
      const agency = await tx.entities.findOneBy(Agency, {});
      const client = tx.entities.create(Client, {
        id: newId(),
        name: input.name,
        legalName: input.legalName || null,
        privacyUrl: input.privacyUrl || null,
        dataSourceFr: input.dataSourceFr || null,
        dataSourceEn: input.dataSourceEn || null,
        domain: domain ?? null,
        timeZone: input.timeZone ?? agency?.timeZone ?? 'Europe/Paris',
        locale: input.locale ?? agency?.locale ?? 'fr',
        country: input.country ?? 'FR',
        currency: input.currency ?? 'EUR',
        createdAt: this.clock.now(),
        switchedOffAt: null,
        recountAskedAt: null,
        version: 1,
      });
      await tx.entities.insert(Client, client);
      await this.record(tx, actor, client, 'client.opened', { name: client.name });
      await this.team.joinOpened(tx, actor, client.id);
      return client;
    });
  }

  /** Fields left out stay as they are. @throws Conflict when somebody saved a newer version meanwhile */
  async edit(actor: Actor, id: string, { version, ...changes }: ClientChangeInput): Promise<Client> {
    const domain = domainOf(changes.domain);
    return this.change(actor, id, async (tx, client) => {
      if (version != null && version !== client.version) throw new Conflict('changedMeanwhile');
      const given = { ...changes, ...(domain === undefined ? {} : { domain }) };
      const changed = Object.entries(given).filter(
        ([name, value]) => isSaid(name, value) && value !== client[name as keyof Client],
      );
      Object.assign(client, Object.fromEntries(changed));
      if (changed.some(([name]) => name === 'timeZone')) client.recountAskedAt = this.clock.now();
      await this.record(tx, actor, client, 'client.edited', { fields: changed.map(([name]) => name) });
    });
  }

  /**
   * Stops everything queued for the client and makes its portal read-only: whoever is about to act for it reads this in
   * the act's own transaction, so no news of it can be missed. Twice is the same as once.
   */
  switchOff(actor: Actor, id: string, reason?: string): Promise<Client> {
    return this.change(actor, id, async (tx, client) => {
      if (client.switchedOffAt !== null) return;
      client.switchedOffAt = this.clock.now();
      await this.record(tx, actor, client, 'client.switched_off', reason ? { reason } : undefined);
    });
  }

  switchOn(actor: Actor, id: string, reason?: string): Promise<Client> {
    return this.change(actor, id, async (tx, client) => {
      if (client.switchedOffAt === null) return;
      client.switchedOffAt = null;
      await this.record(tx, actor, client, 'client.switched_on', reason ? { reason } : undefined);
    });
  }

  private change(
    actor: Actor,
    id: string,
    alter: (tx: Tx, client: Client) => Promise<void>,
  ): Promise<Client> {
    return this.database.write(async (tx) => {
      if (!isId(id)) throw new NotFound();
      await tx.rows(sql`SELECT id FROM client WHERE id = ${id}${tx.dialect.forUpdate}`, {});
      const client = await loadClient(tx, actor, id);
      if (!mayEditClients(actor)) throw new NotAllowed('managersOnly');
      await alter(tx, client);
      client.version += 1;
      return tx.entities.save(Client, client);
    });
  }

  private record(
    tx: Tx,
    actor: Actor,
    client: Client,
    act: string,
    details?: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(tx, actor, {
      act,
      subjectType: 'client',
      subjectId: client.id,
      clientId: client.id,
      ...(details ? { details } : {}),
    });
  }
}

const MAY_BE_NONE = new Set(['domain', 'legalName', 'privacyUrl', 'dataSourceFr', 'dataSourceEn']);

/** A client may be without these, and without nothing else: null there is nothing said. */
function isSaid(name: string, value: unknown): boolean {
  return value !== undefined && (value !== null || MAY_BE_NONE.has(name));
}

/** undefined: not said; null: none. @throws InvalidInput when nobody could register it */
function domainOf(typed: string | null | undefined): string | null | undefined {
  if (typed === undefined) return undefined;
  if (typed === null || typed === '') return null;
  const domain = webDomain(typed);
  if (domain === null) throw new InvalidInput({ domain: 'isDomain' });
  return domain;
}
