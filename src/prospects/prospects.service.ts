import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { requireNewWork } from '../clients/clients.policy.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { isUniqueViolation } from '../database/dialect.js';
import { Conflict, InvalidInput } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import { holdProspect } from './held-prospects.queries.js';
import { Admission } from './suppression/admission.service.js';
import { knownProspects } from './import/known-prospects.queries.js';
import { KEY_KINDS } from './import/identity-keys.js';
import type { ProspectDraft } from './import/prospect-draft.js';
import type { KnownProspect } from './import/row-decision.js';
import { ProspectRecords } from './prospect-records.service.js';
import type { ProspectEdit, ProspectInput } from './prospect.dto.js';
import { loadProspect, type ProspectDetail } from './prospects.queries.js';
import { refuseStale } from './stale-version.queries.js';
import { typedDraft } from './typed-draft.js';

/** Prospects written by hand. */
@Injectable()
export class Prospects {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly records: ProspectRecords,
    private readonly admission: Admission,
  ) {}

  /**
   * @throws NotFound; InvalidInput by field; Conflict when the client is switched off, has this person already, or the
   *   person objected
   */
  add(actor: Actor, clientId: string, input: ProspectInput, source = 'manual'): Promise<ProspectDetail> {
    return writeAlone(this.database, (tx) => this.enter(tx, actor, clientId, input, source));
  }

  /** The same, as a part of what its caller writes with `writeAlone`. */
  async enter(
    tx: Tx,
    actor: Actor,
    clientId: string,
    input: ProspectInput,
    source: string,
  ): Promise<ProspectDetail> {
    const client = await loadClient(tx, actor, clientId);
    requireNewWork(client);
    const draft = readTyped(input, client.country);
    const [holder] = await knownProspects(tx, clientId, [draft]);
    if (holder) throw new Conflict('prospects.alreadyKnown', { name: holder.fullName, id: holder.id });
    await this.admission.refuseUnwanted(tx, clientId, draft);
    const id = newId();
    await this.records.insert(tx, actor, { id, clientId, draft, source, now: this.clock.now() });
    const subject = { subjectType: 'prospect', subjectId: id, clientId };
    await this.audit.record(tx, actor, { act: 'prospect.added', ...subject });
    return loadProspect(tx, actor, id);
  }

  /**
   * Changes fields. What is left out stays; null or an empty text empties the field.
   * @throws NotFound; InvalidInput by field; Conflict when the version is old or a key is another prospect's
   */
  edit(actor: Actor, id: string, { version, ...input }: ProspectEdit): Promise<ProspectDetail> {
    return writeAlone(this.database, async (tx) => {
      // Held first, read then: what is read is what the last writer left.
      await holdProspect(tx, id);
      const before = await loadProspect(tx, actor, id);
      if (version !== undefined) await refuseStale(tx, before, version);
      const client = await loadClient(tx, actor, before.clientId);
      const draft = readTyped({ ...inputOf(before), ...input }, client.country);
      await this.refuseTaken(tx, before, draft);
      const changed = Object.keys(input).filter((field) => input[field as keyof typeof input] !== undefined);
      await this.records.update(tx, before, draft, {
        fields: changed,
        input,
        now: this.clock.now(),
      });
      await this.audit.record(tx, actor, {
        act: 'prospect.edited',
        subjectType: 'prospect',
        subjectId: id,
        clientId: before.clientId,
        details: { fields: changed },
      });
      return loadProspect(tx, actor, id);
    });
  }

  private async refuseTaken(tx: Tx, before: ProspectDetail, draft: ProspectDraft): Promise<void> {
    const holders = await knownProspects(tx, before.clientId, [draft]);
    const other = holders.find((holder) => holder.id !== before.id && sharesStrongKey(holder, draft));
    if (other) throw new Conflict('prospects.alreadyKnown', { name: other.fullName, id: other.id });
  }
}

/** Two clicks of one moment do not see each other: the one whom an index stops looks again, and finds the other. */
export async function writeAlone<T>(database: Database, act: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await database.write(act);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return database.write(act);
  }
}

/** Homonyms at one company are two people; an address or a profile belongs to one. */
function sharesStrongKey(holder: KnownProspect, draft: ProspectDraft): boolean {
  return KEY_KINDS.some(
    (kind) => kind !== 'name' && draft.keys[kind] !== null && draft.keys[kind] === holder.keys[kind],
  );
}

function readTyped(input: ProspectInput, country: string | null): ProspectDraft {
  const { draft, problems } = typedDraft(input, country);
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  return draft;
}

/** What a form of this prospect would be filled with. */
export function inputOf(prospect: ProspectDetail): Pick<ProspectInput, keyof ProspectInput> {
  const { firstName, lastName, email, linkedinUrl, phone, mobilePhone, title, jobFunction, seniority } =
    prospect;
  const { city, region, country, timeZone, companyName, website, industry, custom } = prospect;
  const headcount = prospect.headcount === null ? prospect.headcountBand : String(prospect.headcount);
  return {
    ...{ firstName, lastName, email, linkedinUrl, phone, mobilePhone, title, jobFunction, seniority },
    ...{ city, region, country, timeZone, companyName, industry, headcount },
    website: website ?? prospect.companyDomain,
    custom: custom ?? {},
  };
}
