import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import type { Tx } from '../database/db.js';
import { bestFit, type FitOfProspect } from '../icp/best-fit.js';
import { icpsInForce } from '../icp/icp.queries.js';
import { newId } from '../shared/id.js';
import { Facts } from './facts.service.js';
import { keepBook } from './import/book-keeping.queries.js';
import { fitFacts } from './import/fit-facts.js';
import { companyBook, type KnownCompany } from './import/import-companies.queries.js';
import type { ProspectDraft } from './import/prospect-draft.js';
import { isJudgedAlike } from './import/stored-verdict.js';
import { Prospect } from './prospect.entity.js';
import { CompanyCorrected } from './prospect.events.js';
import type { ProspectInput } from './prospect.dto.js';
import type { ProspectDetail } from './prospects.queries.js';
import { searchColumns } from './search/search-text.js';

interface NewRecord {
  id: string;
  clientId: string;
  draft: ProspectDraft;
  /** `manual` or `api`. */
  source: string;
  now: Date;
}

/** Writes the rows of one prospect: the person, the company it is at, and the verdict of the client's ICPs. */
@Injectable()
export class ProspectRecords {
  constructor(private readonly facts: Facts) {}

  async insert(tx: Tx, actor: Actor, { id, clientId, draft, source, now }: NewRecord): Promise<void> {
    const company = await this.companyOf(tx, clientId, draft, now);
    const { person, keys, custom } = draft;
    await tx.entities.insert(Prospect, {
      ...person,
      ...(await this.derived(tx, clientId, draft, company)),
      id,
      clientId,
      companyId: company?.id ?? null,
      externalKey: keys.external,
      emailKey: keys.email,
      linkedinKey: keys.linkedin,
      nameKey: keys.name,
      companyName: draft.company?.name ?? null,
      custom: Object.keys(custom).length === 0 ? null : custom,
      status: 'new',
      statusAt: now,
      source,
      createdAt: now,
      updatedAt: now,
      lastActivityAt: now,
      version: 1,
    });
    await this.facts.write(tx, actor, { prospectId: id, clientId, kind: 'prospect.created', at: now });
  }

  async update(
    tx: Tx,
    before: ProspectDetail,
    draft: ProspectDraft,
    change: { fields: readonly string[]; input: ProspectInput; now: Date },
  ): Promise<void> {
    const { clientId } = before;
    const company = await this.companyOf(tx, clientId, draft, change.now);
    if (company && (await this.correctCompany(tx, company, draft, change.fields)))
      tx.announce(new CompanyCorrected(company.id, clientId));
    const { external: _external, ...keys } = draft.keys;
    await tx.entities.update(
      Prospect,
      { id: before.id },
      {
        ...draft.person,
        ...(await this.derived(tx, clientId, draft, company)),
        ...(before.email !== null && draft.person.email !== before.email
          ? { emailStatus: null }
          : { emailStatus: before.emailStatus }),
        emailKey: keys.email,
        linkedinKey: keys.linkedin,
        nameKey: await this.freeNameKey(tx, before, keys.name),
        companyId: company?.id ?? null,
        companyName: draft.company?.name ?? null,
        custom: Object.keys(draft.custom).length === 0 ? null : draft.custom,
        updatedAt: change.now,
        version: before.version + 1,
      },
    );
    await this.facts.recount(tx, before.id);
  }

  /** Somebody of the same name at the same company keeps the key they hold. */
  private async freeNameKey(
    tx: Tx,
    { id, clientId }: ProspectDetail,
    key: string | null,
  ): Promise<string | null> {
    if (key === null) return null;
    const holder = await tx.row(
      sql`SELECT id FROM prospect WHERE client_id = ${clientId} AND name_key = ${key} AND id <> ${id}`,
      { id: String },
    );
    return holder === null ? key : null;
  }

  private async companyOf(
    tx: Tx,
    clientId: string,
    draft: ProspectDraft,
    now: Date,
  ): Promise<KnownCompany | null> {
    if (draft.company === null) return null;
    const book = await companyBook(tx, clientId, [draft], []);
    const company = book.of(draft.company, newId);
    await keepBook(tx, clientId, book, tx.dialect.bind(now));
    if (book.filled.has(company)) tx.announce(new CompanyCorrected(company.id, clientId));
    return company;
  }

  /** What was typed about the company corrects it for all its people. Gives whether an ICP may see a difference. */
  private async correctCompany(
    tx: Tx,
    company: KnownCompany,
    draft: ProspectDraft,
    fields: readonly string[],
  ): Promise<boolean> {
    const typed = draft.company!;
    const before = { ...company };
    if (fields.includes('industry')) company.industry = typed.industry;
    if (fields.includes('headcount')) {
      company.headcount = typed.headcount;
      company.headcountBand = typed.headcountBand;
    }
    if (typed.website !== null) company.website = typed.website;
    await tx.run(sql`UPDATE company SET industry = ${company.industry}, headcount = ${company.headcount},
      headcount_band = ${company.headcountBand}, website = ${company.website} WHERE id = ${company.id}`);
    return !isJudgedAlike(before, company);
  }

  private async derived(tx: Tx, clientId: string, draft: ProspectDraft, company: KnownCompany | null) {
    const named = { ...draft.person, companyName: draft.company?.name ?? null };
    const fit = bestFit(await icpsInForce(tx, clientId), fitFacts(draft.person, company));
    return { ...searchColumns(named, company?.domain ?? null), ...verdictOf(fit) };
  }
}

function verdictOf(fit: FitOfProspect | null) {
  return {
    icpVersionId: fit?.versionId ?? null,
    fit: fit?.verdict ?? null,
    fitScore: fit?.score ?? null,
    fitReasons: fit ? [...fit.reasons] : null,
  };
}
