import { beforeEach, describe, expect, it } from 'vitest';
import {
  addressee,
  engineCast,
  enrolAll,
  mailsTo,
  quietOthers,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { incoming } from '../support/incoming-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
/** The mails on a page by their first line, top to bottom. */
const letters = (html: string) =>
  [...html.matchAll(/<pre class="letter-text" tabindex="0">([^<]*)<\/pre>/g)].map(
    ([, text]) => text!.split('\n')[0],
  );

onBothDatabases('the full record of a prospect', (world) => {
  beforeEach(() => quietOthers(world));

  describe('the conversation by mail', () => {
    const written = async (name: string) => {
      world.clock.set(MONDAY);
      storyMailer(world);
      const cast = await engineCast(world, name);
      const id = await addressee(world, cast.client.id, { companyName: 'Roux' });
      await enrolAll(world, cast, [id]);
      await tickAt(world, MONDAY);
      const [mail] = await mailsTo(world, id);
      return { cast, id, mail: mail! };
    };
    const answered = (about: Awaited<ReturnType<typeof written>>, minutes: number, text: string) => {
      world.clock.set(new Date(new Date(MONDAY).getTime() + minutes * 60_000));
      const whole = `${text}\n> Bonjour Claire`;
      return incoming(world, about.mail, 'interested', { replyText: text, text: whole });
    };

    it('is there to be read, the latest open, with quotations and the way to answer', async () => {
      const story = await written('À lire');
      const mailId = await answered(story, 30, 'Oui, <b>volontiers</b>.');
      const { text } = await (await world.browser(story.cast.sdr)).get(`/prospects/${story.id}`);
      expect(letters(text)).toEqual([
        'Oui, &lt;b&gt;volontiers&lt;/b&gt;.',
        'Bonjour Claire, message 1 pour Roux.',
      ]);
      expect(text).toContain('&gt; Bonjour Claire');
      expect(text).not.toContain(`/inbox/${mailId}/html`);
      expect(text.match(/<details class="fold" open>/g)).toHaveLength(1);
      expect(text).toContain(`/today?item&#x3D;${story.id}&amp;of&#x3D;team`);
    });

    it('of many mails five have a line, and those before fold away together', async () => {
      const story = await written('Longue');
      for (const n of [1, 2, 3, 4, 5, 6]) await answered(story, n, `Réponse ${n}`);
      const { text } = await (await world.browser(story.cast.sdr)).get(`/prospects/${story.id}`);
      const [open, folded] = text.split('2 earlier emails');
      expect(letters(open!)).toEqual([6, 5, 4, 3, 2].map((n) => `Réponse ${n}`));
      expect(letters(folded!)).toEqual(['Réponse 1', 'Bonjour Claire, message 1 pour Roux.']);
    });

    it('who was never written to has none, and a laid out mail comes in its frame', async () => {
      const story = await written('Mise en page');
      const mailId = await incoming(world, story.mail, 'interested', { html: '<p>Oui</p>' });
      const browser = await world.browser(story.cast.sdr);
      const { text } = await browser.get(`/prospects/${story.id}`);
      expect(text).toContain(
        `sandbox="" loading="lazy" referrerpolicy="no-referrer" src="/inbox/${mailId}/html"`,
      );
      const silent = await prospectOf(world, story.cast.client.id);
      expect((await browser.get(`/prospects/${silent}`)).text).not.toContain('mails-title');
    });

    it('comes as data too, newest first; other clients’ people find nothing', async () => {
      const story = await written('En données');
      await answered(story, 30, 'Oui');
      const api = await world.api(story.cast.sdr);
      const answer = await api.get(`/prospects/${story.id}/mails`).expect(200);
      expect(answer.body).toMatchObject({
        items: [
          { isOurs: false, text: 'Oui', wholeText: 'Oui\n> Bonjour Claire', class: 'interested' },
          { isOurs: true, text: story.mail.text, class: null, state: null },
        ],
        nextCursor: null,
      });
      const stranger = await world.api(await world.person('sdr', [], 'Ailleurs'));
      await stranger.get(`/prospects/${story.id}/mails`).expect(404);
    });
  });
});
