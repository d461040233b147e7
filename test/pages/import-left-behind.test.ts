import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { bringIn, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('What an import left behind, by name', (world) => {
  let admin: Actor;
  let clientId: string;

  beforeAll(async () => {
    admin = await world.admin();
    clientId = (await readyClient(world, 'Conflits')).client.id;
    await bringIn(
      world,
      admin,
      clientId,
      sheet(
        'Prénom;Nom;E-mail;LinkedIn;Société',
        'Ada;Byron;ada@torre.example;;Torre',
        'Bob;Noyce;;https://www.linkedin.com/in/bob-noyce;Puces',
      ),
    );
  });

  const result = async (...lines: string[]) => {
    const { id } = await bringIn(world, admin, clientId, sheet(...lines));
    const { text } = await (await world.browser(admin)).get(`/imports/${id}`);
    return text.replaceAll('&#x3D;', '=').replaceAll(/\s+/g, ' ');
  };
  const linkTo = async (name: string) => {
    const { items } = (await (await world.api(admin)).get(`/clients/${clientId}/prospects?q=${name}`))
      .body as {
      items: { id: string; fullName: string }[];
    };
    return `<a href="/prospects/${items[0]!.id}">${items[0]!.fullName}</a>`;
  };

  it('a row that means two people names itself and both of them, by the sign that leads to each', async () => {
    const head = 'Prénom;Nom;E-mail;LinkedIn;Société';
    const page = await result(
      head,
      'Zoé;Nouvelle;zoe@z.example;;Zed',
      'Zoé;Nouvelle;zoe@z.example;;Zed',
      'Cléo;Double;ada@torre.example;https://www.linkedin.com/in/bob-noyce;Torre',
    );
    expect(page).toContain('<td data-label="Person">Cléo Double</td>');
    expect(page).toContain(`By the email: ${await linkTo('byron')} (Torre)`);
    expect(page).toContain(`By the LinkedIn profile: ${await linkTo('noyce')} (Puces)`);
    // A row said twice leads to the person the first one made.
    expect(page).toContain(`Prospect: ${await linkTo('nouvelle')} (Zed)`);
    expect(page.indexOf('Cléo Double')).toBeLessThan(page.indexOf('Zoé Nouvelle'));
  });

  it('an address several read: the row and whoever has it are both named', async () => {
    const page = await result('Prénom;Nom;E-mail', 'Dan;Autre;ada@torre.example');
    expect(page).toContain('<td data-label="Person">Dan Autre</td>');
    expect(page).toContain(`By the email: ${await linkTo('byron')}`);
  });

  it('a cell nobody could read is shown with its row and its person, and no other cell of it is kept', async () => {
    const page = await result(
      'Prénom;Nom;E-mail;Téléphone;Mobile;Pays',
      'Eva;Bien;eva@e.example;01 02 03 04 05;06 12 34 56 78;France',
      'Fay;Mal;fay@f.example;01 02 03 04 05;poste 12;Atlantide',
    );
    const shown = page.slice(page.indexOf('Cells left'));
    expect(page).toContain(
      `${await linkTo('mal')}</td><td data-label="Cell">Unreadable phone</td><td class="small muted" data-label="In the file">Mobile: poste 12</td>`,
    );
    expect(shown).toContain('Pays: Atlantide');
    expect(shown).not.toContain('Téléphone: 01 02 03 04 05');
    expect(shown).not.toContain('eva@e.example');
  });

  it.each([
    ['Prénom;Nom;E-mail;Téléphone', 'Gil;Seul;;06 12 34 56 78', 'A telephone number is not enough.'],
    ['Prénom;Nom;Société;E-mail', 'Gil;Seul;Torre;', 'the company’s name is not enough'],
    ['Prénom;Nom;Société;E-mail', ';Seul;Torre;', 'One name only'],
    ['Téléphone;Société;E-mail', '06 12 34 56 78;Torre;', 'stands for nobody'],
  ])('somebody without an address is refused by what is missing: %s', async (head, line, why) => {
    expect(await result(head, line)).toContain(why);
  });

  it.each([
    ['a profile', 'Prénom;Nom;LinkedIn', 'Hal;Profil;https://www.linkedin.com/in/hal-profil'],
    ['a name at a website', 'Prénom;Nom;Société;Site web', 'Ida;Site;Idée;idee.example'],
    ['a name at a SIREN', 'Prénom;Nom;Société;SIREN', 'Jo;Siren;Joie;732829320'],
  ])('and taken without one by %s', async (_, head, line) => {
    const one = await bringIn(world, admin, clientId, sheet(head, line));
    expect(one).toMatchObject({ created: 1, failed: 0 });
  });

  it('the people named are the client’s own: a row of another client names nobody of this one', async () => {
    const other = (await readyClient(world, 'Étranger')).client.id;
    const { id } = await bringIn(
      world,
      admin,
      other,
      sheet('Prénom;Nom;E-mail', 'Ada;Byron;ada@torre.example', 'Dan;Autre;ada@torre.example'),
    );
    const { text } = await (await world.browser(admin)).get(`/imports/${id}`);
    expect(text).not.toContain(await linkTo('byron'));
    expect(text).toContain('Dan Autre');
  });
});
