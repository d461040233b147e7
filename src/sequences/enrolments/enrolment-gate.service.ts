import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Client } from '../../clients/client.entity.js';
import type { Db } from '../../database/db.js';
import { Courtesy } from '../../outreach/courtesy.queries.js';
import { usableChannels } from '../../outreach/touches/usable-channels.js';
import { isLegalMove } from '../../prospects/status/status.js';
import { Suppressions } from '../../prospects/suppression/suppressions.service.js';
import { guardEnrolment, type SkipReason } from './enrolment-guard.js';
import { enrolmentsHeldBy } from './enrolments.queries.js';
import { mergeValuesOf, type MessageContext } from '../writing/merge-values.js';
import { readMessage, renderMessage, type ReadMessage } from '../writing/message.js';
import { type Person, personsOf } from '../writing/person.queries.js';
import type { Sequence, Step } from '../sequence.entity.js';
import type { Channel } from '../../outreach/touches/outcomes.js';

/** Somebody left out, and why; `until` and `fields` where the reason has them. */
export interface Skipped {
  prospectId: string;
  fullName: string | null;
  reason: SkipReason | 'not_found';
  until?: Date;
  fields?: string[];
}

/** The sequence people stand in front of. */
export interface Gate {
  sequence: Sequence;
  steps: readonly Step[];
  client: Client;
  context: MessageContext;
}

export interface Verdicts {
  admitted: Person[];
  /** Prospect id → what they object to. */
  objections: ReadonlyMap<string, 'all' | readonly string[]>;
  skipped: Skipped[];
}

/** Tells, for each prospect, whether it may enter a sequence; all facts are read in the caller's transaction. */
@Injectable()
export class EnrolmentGate {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly courtesy: Courtesy,
  ) {}

  async judge(tx: Db, actor: Actor, gate: Gate, prospectIds: readonly string[]): Promise<Verdicts> {
    const people = await personsOf(tx, gate.client.id, prospectIds);
    const ids = people.map((person) => person.id);
    const objections = await this.suppressions.objectionsOf(tx, people);
    const held = await this.courtesy.heldAmong(tx, ids);
    const enrolments = await enrolmentsHeldBy(tx, gate.sequence.id, ids);
    const texts = gate.steps.map((step) => ({
      channel: step.channel,
      messages: step.variants.map(readMessage),
    }));
    const verdicts: Verdicts = { admitted: [], objections, skipped: [] };
    for (const person of people) {
      const objected = objections.get(person.id) ?? [];
      const usable = usableChannels(person, objected);
      const fields = missingFields(person, usable, texts, { ...gate.context, senderName: actor.name });
      const reason = guardEnrolment({
        isSuppressed: objected === 'all',
        canStart: isLegalMove(person.status, 'in_sequence', 'fact'),
        fit: person.fit ?? 'unknown',
        isActiveElsewhere: enrolments.get(person.id)?.isOpen ?? false,
        hasFinishedHere: enrolments.get(person.id)?.wasHere ?? false,
        isHeldByCourtesy: held.has(person.id),
        usableChannels: usable,
        stepChannels: gate.steps.map((step) => step.channel),
        missingFields: fields,
      });
      if (reason === null) verdicts.admitted.push(person);
      else verdicts.skipped.push(skip(person, reason, held.get(person.id), fields));
    }
    return { ...verdicts, skipped: [...verdicts.skipped, ...strangers(prospectIds, ids)] };
  }
}

function skip(person: Person, reason: SkipReason, until: Date | undefined, fields: string[]): Skipped {
  const { id: prospectId, fullName } = person;
  if (reason === 'held_by_courtesy' && until) return { prospectId, fullName, reason, until };
  return reason === 'missing_field'
    ? { prospectId, fullName, reason, fields }
    : { prospectId, fullName, reason };
}

/** Ids that are nobody's of this client: told without saying whether another client knows them. */
function strangers(asked: readonly string[], found: readonly string[]): Skipped[] {
  const known = new Set(found);
  return [...new Set(asked)]
    .filter((id) => !known.has(id))
    .map((prospectId) => ({ prospectId, fullName: null, reason: 'not_found' }));
}

/** Fields any variant of the steps that would reach this person cannot fill. */
function missingFields(
  person: Person,
  usable: readonly Channel[],
  texts: readonly { channel: Channel; messages: readonly ReadMessage[] }[],
  context: MessageContext & { senderName: string },
): string[] {
  const values = mergeValuesOf(person, context);
  const reaching = texts.filter(({ channel }) => channel === 'task' || usable.includes(channel));
  return [
    ...new Set(
      reaching.flatMap(({ messages }) =>
        messages.flatMap((message) => renderMessage(message, values).missing),
      ),
    ),
  ];
}
