import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { Conflict, InvalidInput, NotAllowed } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { MailboxAccounts } from './mailbox-accounts.service.js';
import type { MailboxChangeInput, MailboxInput } from './mailbox.dto.js';
import { Mailbox } from './mailbox.entity.js';
import { mayRunMailboxes } from './mailbox.policy.js';
import { addressOf, passwordsWith, settingsWith, type TypedPasswords } from './mailbox-settings.js';
import { BLANK, GOING, isSameRoad, isShut, moved, resting, standing } from './mailbox-standing.js';
import { MailboxTest } from './mailbox-test.service.js';
import { loadMailbox } from './mailboxes.queries.js';
import { isSameFolder, refuseReadTwice } from './read-folders.queries.js';

/** The mailboxes of clients: made, changed, tested, stopped, let go on, and retired. */
@Injectable()
export class Mailboxes {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly accounts: MailboxAccounts,
    private readonly test: MailboxTest,
  ) {}

  /** False: mail is kept on screen, so servers and passwords are stored without being tried. */
  get isLive(): boolean {
    return this.test.isLive;
  }

  /**
   * An address that was retired comes back with all it was, under the servers and passwords given now.
   * @throws InvalidInput when a server does not let it in, unless it is saved untested and rests
   */
  async add(actor: Actor, clientId: string, input: MailboxInput): Promise<Mailbox> {
    await this.database.read((db) => loadClient(db, actor, clientId));
    require(actor);
    const address = addressOf(input);
    const settings = settingsWith(input, address);
    const passwords = passwordsWith(input, settings);
    const position = input.isUntested ? null : await this.test.run(settings, passwords);
    return this.database.write(async (tx) => {
      await refuseStranger(tx, settings.userId);
      const now = this.clock.now();
      const retired = await retiredTwin(tx, clientId, address);
      await refuseReadTwice(tx, { id: retired?.id, clientId, imap: settings.imap });
      const mailbox = retired
        ? Object.assign(retired, GOING, moved(retired, settings, position, now), settings)
        : Object.assign(new Mailbox(), {
            ...BLANK,
            ...settings,
            ...standing(position, now),
            ...{ id: newId(), clientId, address, createdAt: now, createdBy: actor.userId || null },
          });
      mailbox.secrets = this.accounts.seal(mailbox.id, passwords);
      await tx.entities.save(Mailbox, mailbox);
      await this.record(tx, actor, mailbox, 'mailbox.added');
      return mailbox;
    });
  }

  /** What is left out stays; servers that changed are tested again. @throws InvalidInput */
  async edit(actor: Actor, id: string, input: MailboxChangeInput): Promise<Mailbox> {
    const before = await this.load(actor, id);
    const settings = settingsWith(input, before.address, before);
    const old = this.knownPasswords(before);
    const passwords = passwordsWith(input, settings, old ? { settings: before, passwords: old } : undefined);
    const isSame = isSameRoad(before, old, settings, passwords);
    const position = isSame || input.isUntested ? null : await this.test.run(settings, passwords);
    return this.change(actor, id, 'mailbox.edited', async (mailbox, tx) => {
      await refuseStranger(tx, settings.userId);
      const { clientId, imap } = mailbox;
      if (!isSameFolder(imap, settings.imap))
        await refuseReadTwice(tx, { id, clientId, imap: settings.imap });
      Object.assign(mailbox, settings, { secrets: this.accounts.seal(id, passwords) });
      if (!isSame) Object.assign(mailbox, moved(before, settings, position, this.clock.now()));
    });
  }

  /**
   * Signs in at both servers with what is stored; one that rested untested or locked out goes on.
   * @throws InvalidInput; Conflict where mail is kept on screen: nobody would be asked, so nothing would be known
   */
  async retest(actor: Actor, id: string): Promise<Mailbox> {
    const mailbox = await this.load(actor, id);
    if (!this.isLive) throw new Conflict('mail.keptOnScreen');
    const passwords = this.knownPasswords(mailbox);
    if (passwords === null) throw new Conflict('mail.passwordLost');
    const position = await this.test.run(mailbox, passwords);
    return this.change(actor, id, 'mailbox.tested', (now) => {
      now.lastError = null;
      if (isShut(now.pausedReason)) Object.assign(now, GOING);
      if (now.uidValidity === null) Object.assign(now, position);
    });
  }

  pause(actor: Actor, id: string, note: string | null): Promise<Mailbox> {
    return this.change(actor, id, 'mailbox.paused', (mailbox) => {
      if (mailbox.state === 'paused') throw new Conflict('mail.isPaused');
      Object.assign(mailbox, resting('byHand', this.clock.now()), { pausedNote: note });
    });
  }

  /** It neither sends nor reads any more, and its passwords are gone; its mails and threads stay where they are. */
  retire(actor: Actor, id: string): Promise<Mailbox> {
    return this.change(actor, id, 'mailbox.retired', (mailbox) =>
      Object.assign(mailbox, GOING, resting('retired', this.clock.now()), { secrets: '' }),
    );
  }

  /** Lets it send again; one that was never tested is tested first, where mail leaves. @throws InvalidInput, Conflict */
  async resume(actor: Actor, id: string): Promise<Mailbox> {
    const { pausedReason, state } = await this.load(actor, id);
    if (state === 'active') throw new Conflict('mail.isActive');
    const wasShut = isShut(pausedReason);
    if (wasShut && this.isLive) return this.retest(actor, id);
    return this.change(actor, id, 'mailbox.resumed', (mailbox) =>
      Object.assign(
        mailbox,
        GOING,
        pausedReason === 'byHand' || wasShut ? {} : { guardSince: this.clock.now() },
      ),
    );
  }

  private async load(actor: Actor, id: string): Promise<Mailbox> {
    const mailbox = await this.database.read((db) => loadMailbox(db, actor, id));
    require(actor);
    refuseRetired(mailbox);
    return mailbox;
  }

  private knownPasswords(mailbox: Mailbox): TypedPasswords | null {
    try {
      return this.accounts.passwords(mailbox);
    } catch {
      return null;
    }
  }

  private change(
    actor: Actor,
    id: string,
    act: string,
    alter: (mailbox: Mailbox, tx: Tx) => unknown,
  ): Promise<Mailbox> {
    return this.database.write(async (tx) => {
      await tx.rows(sql`SELECT id FROM mailbox WHERE id = ${id}${tx.dialect.forUpdate}`, {});
      const mailbox = await loadMailbox(tx, actor, id);
      require(actor);
      refuseRetired(mailbox);
      await alter(mailbox, tx);
      mailbox.version += 1;
      await this.record(tx, actor, mailbox, act);
      return tx.entities.save(Mailbox, mailbox);
    });
  }

  private record(tx: Tx, actor: Actor, { id, clientId, address }: Mailbox, act: string): Promise<void> {
    return this.audit.record(tx, actor, {
      act,
      subjectType: 'mailbox',
      subjectId: id,
      clientId,
      details: { address },
    });
  }
}

/**
 * An address at work is one client's alone: in two, each would read what the other is answered, and count half of what
 * leaves. Two who add the same stand in line.
 * @throws Conflict for one in use; never says whose, when it is another client's
 */
async function retiredTwin(tx: Tx, clientId: string, address: string): Promise<Mailbox | null> {
  await tx.rows(tx.dialect.turnAt(`mailbox ${address}`), {});
  const twins = await tx.entities.findBy(Mailbox, { address });
  const used = twins.filter(({ pausedReason }) => pausedReason !== 'retired');
  if (used.some((one) => one.clientId === clientId)) throw new Conflict('mail.exists', { address });
  if (used.length > 0) throw new Conflict('mail.usedElsewhere', { address });
  return twins.find((one) => one.clientId === clientId) ?? null;
}

function refuseRetired({ pausedReason, address }: Mailbox): void {
  if (pausedReason === 'retired') throw new Conflict('mail.retired', { address });
}

/** A mailbox is one of our own people's, or nobody's in particular. */
async function refuseStranger(tx: Tx, userId: string | null): Promise<void> {
  if (userId === null) return;
  const colleague = await tx.row(sql`SELECT id FROM app_user WHERE id = ${userId} AND role <> 'client'`, {
    id: text,
  });
  if (colleague === null) throw new InvalidInput({ userId: 'isIn' });
}

function require(actor: Actor): void {
  if (!mayRunMailboxes(actor)) throw new NotAllowed('managersOnly');
}
