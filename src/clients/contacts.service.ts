import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db, Tx } from '../database/db.js';
import { normaliseEmail } from '../shared/email-address.js';
import { InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { isId, newId } from '../shared/id.js';
import { normalisePhone } from '../shared/phone-number.js';
import type { ContactChangeInput, ContactInput } from './contact.dto.js';
import { Contact } from './contact.entity.js';
import { mayEditClients } from './clients.policy.js';
import { loadClient } from './clients.queries.js';

type Details = Pick<Contact, 'email' | 'phone' | 'title'>;

/** The people at a client: those who receive its meetings, and its referent. */
@Injectable()
export class Contacts {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Those who are still there, by name. */
  list(actor: Actor, clientId: string): Promise<Contact[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return contactsOf(db, clientId);
    });
  }

  /** @throws NotFound */
  get(actor: Actor, id: string): Promise<Contact> {
    return this.database.read((db) => loadContact(db, actor, id));
  }

  add(actor: Actor, clientId: string, input: ContactInput): Promise<Contact> {
    return this.database.write(async (tx) => {
      const client = await loadClient(tx, actor, clientId);
      if (!mayEditClients(actor)) throw new NotAllowed('managersOnly');
      const contact = tx.entities.create(Contact, {
        id: newId(),
        clientId,
        name: input.name,
        ...none,
        ...detailsOf(input, client.country),
        isHost: input.isHost ?? true,
        createdAt: this.clock.now(),
        leftAt: null,
      });
      await tx.entities.insert(Contact, contact);
      await this.record(tx, actor, contact, 'contact.added');
      return contact;
    });
  }

  /** Fields left out stay as they are; null empties one. */
  edit(actor: Actor, id: string, input: ContactChangeInput): Promise<Contact> {
    return this.change(actor, id, 'contact.edited', async (tx, contact) => {
      const client = await loadClient(tx, actor, contact.clientId);
      const { name, isHost } = input;
      Object.assign(contact, detailsOf(input, client.country));
      if (name != null) contact.name = name;
      if (isHost != null) contact.isHost = isHost;
    });
  }

  /** Left the client, or takes no part any more: past meetings keep the name. */
  leave(actor: Actor, id: string): Promise<Contact> {
    return this.change(actor, id, 'contact.left', async (_tx, contact) => {
      contact.leftAt ??= this.clock.now();
    });
  }

  private change(
    actor: Actor,
    id: string,
    act: string,
    alter: (tx: Tx, contact: Contact) => Promise<void>,
  ): Promise<Contact> {
    return this.database.write(async (tx) => {
      // Held first, read then: what somebody else wrote at the same moment stays.
      await tx.rows(sql`SELECT id FROM contact WHERE id = ${id}${tx.dialect.forUpdate}`, {});
      const contact = await loadContact(tx, actor, id);
      if (!mayEditClients(actor)) throw new NotAllowed('managersOnly');
      await alter(tx, contact);
      await this.record(tx, actor, contact, act);
      return tx.entities.save(Contact, contact);
    });
  }

  private record(tx: Tx, actor: Actor, contact: Contact, act: string): Promise<void> {
    const { id, clientId } = contact;
    return this.audit.record(tx, actor, { act, subjectType: 'contact', subjectId: id, clientId });
  }
}

/** Those who are still there, by name; hosts only when asked. */
export async function contactsOf(
  db: Db,
  clientId: string,
  options: { hostsOnly?: boolean } = {},
): Promise<Contact[]> {
  const everyone = await db.entities.find(Contact, {
    where: { clientId },
    order: { name: 'ASC', id: 'ASC' },
  });
  return everyone.filter((contact) => contact.leftAt === null && (contact.isHost || !options.hostsOnly));
}

/** @throws NotFound when it is out of the actor's sight */
export async function loadContact(db: Db, actor: Actor, id: string): Promise<Contact> {
  const contact = isId(id) && isAgency(actor) ? await db.entities.findOneBy(Contact, { id }) : null;
  if (!contact || !seesClient(actor, contact.clientId)) throw new NotFound();
  return contact;
}

const none: Details = { email: null, phone: null, title: null };

/** Only what was said; addresses and numbers in the one form they are kept in. @throws InvalidInput */
function detailsOf(input: Omit<ContactChangeInput, 'name'>, country: string): Partial<Details> {
  const details: Partial<Details> = {};
  if (input.title !== undefined) details.title = input.title || null;
  if (input.email !== undefined) {
    details.email = input.email ? normaliseEmail(input.email) : null;
    if (input.email && details.email === null) throw new InvalidInput({ email: 'isEmail' });
  }
  if (input.phone !== undefined) {
    details.phone = input.phone ? normalisePhone(input.phone, country) : null;
    if (input.phone && details.phone === null) throw new InvalidInput({ phone: 'isPhone' });
  }
  return details;
}
