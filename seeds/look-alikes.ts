import type { INestApplicationContext } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../src/accounts/actor.js';
import { Database } from '../src/database/database.js';
import { text } from '../src/database/rows.js';
import { Prospects } from '../src/prospects/prospects.service.js';

/** Three people noted by hand at a trade fair who are on the list already, each in another guise. */
export async function tellLookAlikes(
  app: INestApplicationContext,
  { clientId, sdr }: { clientId: string; sdr: Actor },
): Promise<void> {
  const known = await app.get(Database, { strict: false }).read((db) =>
    db.rows(
      sql`SELECT p.first_name, p.last_name, p.title, c.name AS company, c.domain FROM prospect p
        JOIN company c ON c.id = p.company_id WHERE p.client_id = ${clientId} AND p.status = 'new'
          AND p.first_name IS NOT NULL AND p.last_name IS NOT NULL AND c.domain IS NOT NULL
        ORDER BY p.sort_name, p.id LIMIT 3`,
      { firstName: text, lastName: text, title: text, company: text, domain: text },
    ),
  );
  const [same, swapped, initial] = known;
  if (!same || !swapped || !initial) return;
  const met = [
    {
      firstName: same.firstName,
      lastName: same.lastName,
      title: same.title,
      companyName: `${same.company} S.A.R.L.`,
      linkedinUrl: 'linkedin.com/in/rencontre-au-salon-1',
    },
    {
      firstName: swapped.lastName,
      lastName: swapped.firstName,
      companyName: swapped.company,
      email: `contact.salon@${swapped.domain}`,
    },
    {
      firstName: initial.firstName.slice(0, 1),
      lastName: initial.lastName,
      companyName: initial.company,
      email: `salon@${initial.domain}`,
    },
  ];
  for (const person of met) await app.get(Prospects, { strict: false }).add(sdr, clientId, person);
}
