import sql from 'sql-template-tag';
import { insertRows } from '../../database/bulk-insert.js';
import type { Tx } from '../../database/db.js';
import type { CompanyBook } from './import-companies.queries.js';
import { COMPANY_COLUMNS, companyRow } from './stored-rows.js';

/** Writes down what a book has come to hold: companies that are new, blanks of known ones that were filled. */
export async function keepBook(tx: Tx, clientId: string, book: CompanyBook, now: unknown): Promise<void> {
  await insertRows(
    tx,
    'company',
    COMPANY_COLUMNS,
    book.created.map((company) => companyRow(company, clientId, now)),
  );
  for (const company of book.filled) {
    await tx.run(sql`UPDATE company SET name = ${company.name}, name_key = ${company.nameKey}, website = ${company.website},
          linkedin_url = ${company.linkedinUrl}, industry = ${company.industry}, naf_code = ${company.nafCode},
          siren = ${company.siren}, headcount = ${company.headcount}, headcount_band = ${company.headcountBand},
          phone = ${company.phone}, city = ${company.city}, region = ${company.region}, country = ${company.country},
          technologies = ${company.technologies && JSON.stringify(company.technologies)}
        WHERE id = ${company.id}`);
  }
}
