import { Injectable } from '@nestjs/common';
import type { Db } from '../../database/db.js';
import { Conflict } from '../../shared/errors.js';
import { ErasedPeople } from './erased-people.service.js';
import type { ProspectDraft } from '../import/prospect-draft.js';
import { Suppressions } from './suppressions.service.js';

/** Who may be written down at all: nobody who objected on every channel, nobody who was erased. */
@Injectable()
export class Admission {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly erased: ErasedPeople,
  ) {}

  /** @throws Conflict `prospects.suppressed`, `prospects.erased` */
  async refuseUnwanted(db: Db, clientId: string, { person, company, keys }: ProspectDraft): Promise<void> {
    const asked = { id: '', ...person, companyDomain: company?.domain ?? null };
    const covering = (await this.suppressions.covering(db, clientId, [asked])).get('') ?? [];
    if (covering.some(({ channels }) => channels === null)) throw new Conflict('prospects.suppressed');
    if (await this.erased.isErased(db, clientId, keys)) throw new Conflict('prospects.erased');
  }
}
