import { beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import type { Browser } from '../support/browser.js';
import { type Company, company, WAITS } from '../support/colleague-stories.js';
import { enrolmentIn, quietOthers } from '../support/engine-stories.js';
import { onBothDatabases } from '../support/world.js';

const UNDO = /action="(\/[^"]*undo[^"]*)"/;

onBothDatabases('the pages of colleagues who wait', (world) => {
  beforeEach(() => quietOthers(world));

  interface Seen extends Company {
    browser: Browser;
    sdr: Actor;
    enrolments: string[];
  }

  /** Anne has answered; Bruno and Chloé wait. */
  async function answered(name: string): Promise<Seen> {
    const story = await company(world, name);
    const { cast, ids } = story;
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    const browser = await world.browser(cast.sdr);
    const enrolments = await Promise.all(
      ids.slice(1, 3).map(async (id) => (await enrolmentIn(world, cast.sequence.id, id)).id),
    );
    return { ...story, browser, sdr: cast.sdr, enrolments };
  }

  it('Today tells of them, and each panel of the company has who answered, who waits and the keys', async () => {
    const { browser, ids } = await answered('Annonce');
    const { text } = await browser.get('/today');
    expect(text).toContain('Colleagues waiting');
    expect(text).toContain('A colleague answered: 2 people wait');
    for (const id of ids.slice(0, 3)) {
      const panel = (await browser.get(`/today?item=${id}`)).text;
      expect(panel).toContain('2 people wait at ');
      expect(panel).toContain('Anne Roux answered:');
      expect(panel).toContain(`/today/colleagues/${id}/resume" data-key="c"`);
      expect(panel).toContain(`/today/colleagues/${id}/end" data-key="e"`);
    }
    expect((await browser.get(`/today?item=${ids[3]}`)).text).not.toContain('/today/colleagues/');
  });

  it('without a script those ticked go on, and the note begun is kept; an undo makes them wait again', async () => {
    const { browser, ids, enrolments, stand } = await answered('Formulaire');
    await browser.get('/today');
    const path = `/today/colleagues/${ids[1]}/resume`;
    const none = await browser.submit(path, { of: 'mine' });
    expect(none.status).toBe(422);
    const done = await browser.submit(path, { enrolments, of: 'mine', note: 'Vu avec Anne' });
    expect(done.text).toContain('2 people resume their sequence.');
    expect((await stand()).slice(1, 3)).toEqual(['active null', 'active null']);
    expect((await browser.get(`/today?item=${ids[1]}`)).text).toContain('Vu avec Anne');
    await browser.submit(UNDO.exec(done.text)![1]!, {});
    expect((await stand()).slice(1, 3)).toEqual([WAITS, WAITS]);
  });

  it('the sequence says how many they are, shows them alone, and lets go those ticked', async () => {
    const { browser, cast, enrolments, stand } = await answered('Séquence');
    const base = `/sequences/${cast.sequence.id}`;
    const list = `${base}/people?state=paused&reason=colleague_replied`;
    const overview = (await browser.get(base)).text;
    expect(overview).toContain('2 people have been waiting since a colleague answered');
    expect(overview.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')).toContain(list);
    const shown = (await browser.get(list)).text;
    expect(shown).toContain('Bruno Roux');
    expect(shown).not.toContain('Anne Roux');
    const done = await browser.submit(`${base}/colleagues/end`, { enrolments: enrolments[0] });
    expect(done.text).toContain('1 person is out of the sequence.');
    expect((await stand()).slice(1, 3)).toEqual(['finished removed', WAITS]);
    const back = await browser.submit(UNDO.exec(done.text)![1]!, {});
    expect(back.text).toContain('1 person waits again.');
    expect((await stand()).slice(1, 3)).toEqual([WAITS, WAITS]);
  });

  it('a program lets them go, and calls them back', async () => {
    const { sdr, enrolments, stand } = await answered('Programme');
    const api = await world.api(sdr);
    const done = await api.post('/colleague-releases', { act: 'resume', enrolmentIds: enrolments });
    expect(done.body).toMatchObject({ released: 2, left: [] });
    const { id } = done.body as { id: string };
    const back = await api.post(`/colleague-releases/${id}/undo`, {});
    expect(back.body).toEqual({ undone: 2 });
    expect((await stand()).slice(1, 3)).toEqual([WAITS, WAITS]);
    expect((await api.post('/colleague-releases', { act: 'free', enrolmentIds: [] })).status).toBe(422);
  });
});
