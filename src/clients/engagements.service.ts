import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Not } from 'typeorm';
import type { Actor } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { User } from '../accounts/user.entity.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { Conflict, type FieldProblems, InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { isId, newId } from '../shared/id.js';
import { dayOf } from '../shared/period.js';
import { Client } from './client.entity.js';
import { mayEditClients } from './clients.policy.js';
import { loadClient } from './clients.queries.js';
import { Contact } from './contact.entity.js';
import { amendment, engagementState, periodProblems, type Span, startProblems } from './engagement-period.js';
import {
  DEFAULT_ACCEPTANCE_DAYS,
  keyedCriteria,
  NO_PRICE,
  type Terms,
  termsProblems,
} from './engagement-terms.js';
import type { EngagementChangeInput, EngagementInput } from './engagement.dto.js';
import { Engagement, EngagementVersion } from './engagement.entity.js';
import { type AgreedEngagement, loadEngagement } from './engagements.queries.js';

type Agreed = Terms & Pick<EngagementVersion, 'agencyReferentId' | 'clientReferentId'>;

/** Dated contracts with clients. Their terms are appended version by version, so that a meeting can freeze them. */
@Injectable()
export class Engagements {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput naming each wrong field, also when the days meet another engagement of the client */
  agree(actor: Actor, clientId: string, input: EngagementInput): Promise<AgreedEngagement> {
    return this.database.write(async (tx) => {
      const client = await lockClient(tx, actor, clientId);
      const agreed = await this.sound(tx, client, input, null);
      const engagement = tx.entities.create(Engagement, {
        id: newId(),
        clientId,
        ...spanOf(input),
        version: 1,
        createdAt: this.clock.now(),
      });
      await tx.entities.insert(Engagement, engagement);
      const terms = { ...agreed, appliesFromOn: engagement.startsOn };
      return this.write(tx, actor, client, engagement, terms, 'engagement.agreed');
    });
  }

  /**
   * Saves the whole engagement again. Whatever differs makes a new version, by which a page opened before is known.
   * @throws Conflict when somebody saved a newer version meanwhile
   */
  amend(actor: Actor, id: string, input: EngagementChangeInput): Promise<AgreedEngagement> {
    return this.database.write(async (tx) => {
      const { clientId } = await loadEngagement(tx, actor, id);
      const client = await lockClient(tx, actor, clientId);
      const engagement = await loadEngagement(tx, actor, id);
      if (input.version != null && input.version !== engagement.version)
        throw new Conflict('changedMeanwhile');
      const agreed = await this.sound(tx, client, input, id);
      const asked = input.appliesFromOn ?? null;
      if (asked !== null) refuse(startProblems(spanOf(input), asked));
      const current = await tx.entities.findOneByOrFail(EngagementVersion, {
        engagementId: id,
        version: engagement.version,
      });
      const was = { ...spanOf(engagement), appliesFromOn: current.appliesFromOn };
      const is = { ...spanOf(input), appliesFromOn: asked, hasSameTerms: isSameTerms(current, agreed) };
      const change = amendment(was, is, dayOf(this.clock.now(), client.timeZone));
      if (change === null) return this.found(engagement, current, client);
      Object.assign(engagement, spanOf(input), { version: engagement.version + 1 });
      await tx.entities.save(Engagement, engagement);
      const { appliesFromOn } = change;
      const act = change.hasNewTerms ? 'engagement.amended' : 'engagement.dated';
      return this.write(tx, actor, client, engagement, { ...agreed, appliesFromOn }, act);
    });
  }

  private async sound(tx: Tx, client: Client, input: EngagementInput, ownId: string | null): Promise<Agreed> {
    const agreed = termsOf(input);
    const others = await tx.entities.findBy(Engagement, {
      clientId: client.id,
      ...(ownId === null ? {} : { id: Not(ownId) }),
    });
    const problems = {
      ...periodProblems(spanOf(input), others),
      ...termsProblems(agreed),
      ...(await referentProblems(tx, client.id, agreed)),
    };
    refuse(problems);
    return agreed;
  }

  private async write(
    tx: Tx,
    actor: Actor,
    client: Client,
    engagement: Engagement,
    agreed: Agreed & Pick<EngagementVersion, 'appliesFromOn'>,
    act: string,
  ): Promise<AgreedEngagement> {
    const terms = tx.entities.create(EngagementVersion, {
      id: newId(),
      engagementId: engagement.id,
      version: engagement.version,
      ...agreed,
      qualificationCriteria: [...agreed.qualificationCriteria],
      createdBy: actor.userId || null,
      createdAt: this.clock.now(),
    });
    await tx.entities.insert(EngagementVersion, terms);
    const { id, clientId, startsOn, endsOn, version } = engagement;
    const details = { startsOn, endsOn, version };
    await this.audit.record(tx, actor, { act, subjectType: 'engagement', subjectId: id, clientId, details });
    await tx.entities.update(Client, { id: clientId }, { recountAskedAt: this.clock.now() });
    return this.found(engagement, terms, client);
  }

  private found(engagement: Engagement, terms: EngagementVersion, client: Client): AgreedEngagement {
    const today = dayOf(this.clock.now(), client.timeZone);
    return { engagement, terms, state: engagementState(engagement, today) };
  }
}

function refuse(problems: FieldProblems): void {
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}

/** Two managers who agree engagements at once would miss each other's overlap: the client's row makes one wait. */
async function lockClient(tx: Tx, actor: Actor, clientId: string): Promise<Client> {
  if (!isId(clientId)) throw new NotFound();
  await tx.rows(sql`SELECT id FROM client WHERE id = ${clientId}${tx.dialect.forUpdate}`, {});
  const client = await loadClient(tx, actor, clientId);
  if (!mayEditClients(actor)) throw new NotAllowed('managersOnly');
  return client;
}

async function referentProblems(tx: Tx, clientId: string, agreed: Agreed): Promise<FieldProblems> {
  const { agencyReferentId, clientReferentId } = agreed;
  const problems: FieldProblems = {};
  const user = agencyReferentId ? await tx.entities.findOneBy(User, { id: agencyReferentId }) : null;
  if (agencyReferentId && (!user || user.role === 'client')) problems['agencyReferentId'] = 'noSuchPerson';
  if (clientReferentId && !(await tx.entities.existsBy(Contact, { id: clientReferentId, clientId })))
    problems['clientReferentId'] = 'noSuchPerson';
  return problems;
}

function spanOf({ startsOn, endsOn }: Pick<EngagementInput, 'startsOn' | 'endsOn'>): Span {
  return { startsOn, endsOn: endsOn ?? null };
}

function termsOf(input: EngagementInput): Agreed {
  const said = Object.entries(input.price).filter(([, value]) => value != null);
  return {
    price: { ...NO_PRICE, ...(Object.fromEntries(said) as Partial<typeof NO_PRICE>) },
    targets: { held: input.targets.held ?? 0, qualified: input.targets.qualified ?? 0 },
    qualificationCriteria: keyedCriteria(input.qualificationCriteria ?? []),
    acceptanceDays: input.acceptanceDays ?? DEFAULT_ACCEPTANCE_DAYS,
    agencyReferentId: input.agencyReferentId ?? null,
    clientReferentId: input.clientReferentId ?? null,
  };
}

function isSameTerms(one: Agreed, other: Agreed): boolean {
  const inOrder = (terms: Agreed): string =>
    JSON.stringify([
      Object.entries(terms.price).sort(([a], [b]) => a.localeCompare(b)),
      [terms.targets.held, terms.targets.qualified],
      terms.qualificationCriteria.map(({ key, label }) => [key, label]),
      [terms.acceptanceDays, terms.agencyReferentId, terms.clientReferentId],
    ]);
  return inOrder(one) === inOrder(other);
}
