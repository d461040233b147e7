import { Prospect } from '../../src/prospects/prospect.entity.js';
import { wordsOf } from '../../src/prospects/search/search-words.js';
import { foldText } from '../../src/shared/folded-text.js';
import { newId } from '../../src/shared/id.js';
import type { World } from './world.js';

/** A prospect of a client as an import would leave it, for stories that begin after the import. Gives its id. */
export async function prospectOf(
  world: World,
  clientId: string,
  has: Partial<Prospect> = {},
): Promise<string> {
  const id = newId();
  const now = world.clock.now();
  const firstName = has.firstName ?? 'Jeanne';
  const lastName = has.lastName ?? `Dupont ${id.slice(-4)}`;
  const companyName = has.companyName ?? 'Acme';
  await world.database.write((tx) =>
    tx.entities.insert(Prospect, {
      id,
      clientId,
      firstName,
      lastName,
      fullName: `${firstName} ${lastName}`,
      sortName: foldText(`${lastName} ${firstName}`),
      companyName,
      companySort: foldText(companyName),
      searchText: wordsOf(
        `${firstName} ${lastName} ${companyName} ${has.email ?? ''} ${has.title ?? ''}`,
      ).join(' '),
      emailKey: has.email ?? null,
      linkedinKey: has.linkedinUrl ?? null,
      status: 'new',
      statusAt: now,
      source: 'import',
      createdAt: now,
      updatedAt: now,
      lastActivityAt: now,
      version: 1,
      ...has,
    }),
  );
  return id;
}
