import supertest from 'supertest';
import { beforeEach, expect, it } from 'vitest';
import { Activity } from '../../src/prospects/activity.entity.js';
import { Suppression } from '../../src/prospects/suppression/suppression.entity.js';
import {
  addressee,
  engineCast,
  enrolAll,
  enrolmentIn,
  mailsTo,
  prospectNow,
  quietOthers,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('the way out of a message', (world) => {
  beforeEach(() => quietOthers(world));

  const written = async (name: string, locale = 'fr') => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, name, { sequence: { locale } });
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    await tickAt(world, MONDAY);
    const [mail] = await mailsTo(world, prospectId);
    const [link] = /<(http[^>]+)>/.exec(story.posted[0]!.mail.headers!['List-Unsubscribe']!)!.slice(1);
    return { story, cast, prospectId, mail: mail!, path: new URL(link!).pathname };
  };
  const server = () => supertest(world.app.getHttpServer());
  const oppositions = (value: string) =>
    world.database.read((db) => db.entities.findBy(Suppression, { kind: 'email', value }));

  it('looking changes nothing, however often a scanner follows the link; it shows a button, in the reader’s language', async () => {
    const { path, mail, prospectId } = await written('Regard');
    for (const method of ['get', 'head', 'get'] as const) {
      const answer = await server()[method](path);
      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    const page = (await server().get(path)).text;
    expect(page).toContain('<form');
    expect(page).toContain('lang="fr"');
    expect(page).toContain('Ne plus m’écrire');
    expect((await server().get((await written('Look', 'en')).path)).text).toContain(
      'Do not write to me again',
    );
    expect(await oppositions(mail.toAddress)).toEqual([]);
    expect((await prospectNow(world, prospectId)).status).toBe('in_sequence');
  });

  it.each([
    ['urlencoded', (path: string) => server().post(path).type('form').send('List-Unsubscribe=One-Click')],
    ['multipart', (path: string) => server().post(path).field('List-Unsubscribe', 'One-Click')],
    ['without a body', (path: string) => server().post(path)],
  ])(
    'one click (%s), no cookie, no form token: 200, a short body, no redirect, and it holds at once',
    async (name, post) => {
      const { path, mail, prospectId, cast, story } = await written(`Clic ${name}`);
      const answer = await post(path);
      expect(answer.status).toBe(200);
      expect(answer.text.length).toBeLessThan(2000);
      expect(answer.headers['set-cookie']).toBeUndefined();
      const [entry] = await oppositions(mail.toAddress);
      expect(entry).toMatchObject({ clientId: cast.client.id, channels: null, source: 'unsubscribe' });
      expect((await prospectNow(world, prospectId)).status).toBe('do_not_contact');
      expect(await enrolmentIn(world, cast.sequence.id, prospectId)).toMatchObject({
        state: 'finished',
        reason: 'opted_out',
      });
      expect((await mailsTo(world, prospectId))[0]!.unsubscribedAt).toEqual(new Date(MONDAY));
      await tickAt(world, '2027-01-20T09:00:00Z');
      expect(story.posted).toHaveLength(1);
    },
  );

  it('twice is once', async () => {
    const { path, mail, prospectId } = await written('Deux fois');
    const facts = () => world.database.read((db) => db.entities.countBy(Activity, { prospectId }));
    await server().post(path);
    const before = await facts();
    expect((await server().post(path)).status).toBe(200);
    expect(await facts()).toBe(before);
    expect(await oppositions(mail.toAddress)).toHaveLength(1);
  });

  it('a token that is none of ours is not found, and tells nothing', async () => {
    const { path } = await written('Inconnu');
    const wrong = path.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    const long = [400, 600, 12_000].map((length) => `/u/${'a'.repeat(length)}`);
    // As mail programs and scanners break them: cut in the middle of a sign, or never encoded.
    const broken = ['/u/%ZZ', '/u/%', '/u/caf%C3', '/u/%FF%FE', '/u/100%?a=%E9'];
    for (const one of [wrong, '/u/x', `/u/${'a'.repeat(26)}`, '/u/..%2f..%2fetc', ...long, ...broken]) {
      for (const method of ['get', 'post'] as const) {
        const answer = await server()[method](one);
        expect([one, method, answer.status]).toEqual([one, method, 404]);
        expect(answer.headers['content-type']).toContain('text/html');
        expect(answer.text).not.toMatch(/prospect|client|token/i);
      }
    }
  });
});
