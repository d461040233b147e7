import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import type { Tx } from '../../database/db.js';
import { text, type RowOf } from '../../database/rows.js';
import { Facts } from '../../prospects/facts.service.js';
import { Prospects } from '../../prospects/prospects.service.js';
import { emailIdentity, normaliseEmail } from '../../shared/email-address.js';
import { InvalidInput } from '../../shared/errors.js';
import type { TriageInput } from './triage.dto.js';
import type { OwnedMail } from './held-mail.queries.js';

const KNOWN = { id: text, fullName: text };
/** Whom an answer points at. */
export type Referred = RowOf<typeof KNOWN>;

/** “Write to my colleague instead”: the colleague becomes a prospect, and both histories say how. */
@Injectable()
export class Referrals {
  constructor(
    private readonly prospects: Prospects,
    private readonly facts: Facts,
  ) {}

  /**
   * The prospect of that address, made when the client has none yet; null when no address was named.
   * @throws InvalidInput on `referralEmail`; Conflict when that person objected
   */
  async find(
    tx: Tx,
    actor: Actor,
    mail: OwnedMail,
    { referralName, referralEmail }: TriageInput,
  ): Promise<Referred | null> {
    if (!referralEmail) {
      if (referralName) throw new InvalidInput({ referralEmail: 'isNotEmpty' });
      return null;
    }
    const address = normaliseEmail(referralEmail);
    if (address === null) throw new InvalidInput({ referralEmail: 'isEmail' });
    const known = await tx.row(
      sql`SELECT id, full_name FROM prospect WHERE client_id = ${mail.clientId} AND email_key = ${emailIdentity(address)}`,
      KNOWN,
    );
    if (known) return known;
    const { companyName } = await employerOf(tx, mail);
    const [firstName = '', ...last] = (referralName ?? '').split(/\s+/u).filter(Boolean);
    const { id, fullName } = await this.prospects.enter(
      tx,
      actor,
      mail.clientId,
      { email: address, firstName, lastName: last.join(' '), companyName },
      'referral',
    );
    return { id, fullName };
  }

  async tell(tx: Tx, actor: Actor, mail: OwnedMail, referred: Referred): Promise<void> {
    const referrer = await tx.row(
      sql`SELECT id, full_name FROM prospect WHERE id = ${mail.prospectId}`,
      KNOWN,
    );
    const { clientId } = mail;
    const about = { clientId, kind: 'note', aboutId: mail.id };
    await this.facts.append(tx, actor, {
      ...about,
      prospectId: mail.prospectId,
      note: `→ ${referred.fullName}`,
    });
    await this.facts.append(tx, actor, {
      ...about,
      prospectId: referred.id,
      note: `← ${referrer!.fullName}`,
    });
  }
}

async function employerOf(tx: Tx, { prospectId }: OwnedMail): Promise<{ companyName: string | null }> {
  const row = await tx.row(
    sql`SELECT COALESCE(company_name, '') AS company_name FROM prospect WHERE id = ${prospectId}`,
    { companyName: text },
  );
  return { companyName: row?.companyName || null };
}
