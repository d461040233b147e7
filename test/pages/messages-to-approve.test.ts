import { beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Approvals } from '../../src/sequences/approval/approvals.service.js';
import { SequenceStories } from '../../src/sequences/sequence-story.queries.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { reachable } from '../support/sequence-stories.js';
import { Clients } from '../../src/clients/clients.service.js';
import { NORDIA_NOTICE, readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

/** Two mails, one in two wordings; an invitation; a call; and a note among colleagues. */
const STEPS = [
  {
    day: 0,
    channel: 'email' as const,
    variants: [
      { subject: 'Vos lignes', body: 'Bonjour {{firstName}}, une phrase de trop. {{notice}}' },
      { subject: 'Votre site', body: 'Bonjour {{firstName}}, autrement dit. {{notice}}' },
    ],
  },
  { day: 2, channel: 'linkedin_invite' as const, variants: [{ body: 'Ravi, {{firstName}}.' }] },
  { day: 4, channel: 'call' as const, variants: [{ body: 'Demander le planning.' }] },
  { day: 5, channel: 'call' as const, variants: [{ body: '' }] },
  { day: 6, channel: 'task' as const, variants: [{ body: 'Vérifier s’il a changé de poste.' }] },
  { day: 7, channel: 'email' as const, variants: [{ subject: 'Dernier mot', body: 'Merci.' }] },
];

onBothDatabases('messages a client is asked to approve', (world) => {
  let id: string;
  let buyer: Actor;
  let page: string;
  let firstStep: string;

  beforeEach(async () => {
    world.clock.set('2027-01-11T09:00:00Z');
    const { client } = await readyClient(world, 'Lecture');
    const admin = await world.admin();
    await world.get(Clients).edit(admin, client.id, NORDIA_NOTICE);
    await reachable(world, client.id);
    const { sequence, version } = await world
      .get(Sequences)
      .create(admin, client.id, { name: 'Printemps', steps: STEPS });
    await world.get(Approvals).submit(admin, sequence.id);
    id = sequence.id;
    firstStep = version.steps[0]!.id;
    buyer = await world.person('client', [client.id], 'Béatrice');
    page = `/portal/messages/${id}`;
  });

  const remarks = async () =>
    (await world.get(SequenceStories).comments(buyer, id)).map(({ stepId, text }) => ({ stepId, text }));
  const stateOf = async () => (await world.get(SequenceStories).forReader(buyer, id)).version.state;
  const seen = (text: string) => ({
    version: '1',
    seal: /name="seal" value="([0-9a-f]{64})"/.exec(text)![1]!,
  });

  it('a remark typed and not sent keeps the approval back with a question, and no word of it is lost', async () => {
    const portal = await world.browser(buyer);
    const typed = {
      ...seen((await portal.get(page)).text),
      comments: { [firstStep]: 'Enlevez cette phrase', whole: 'Sobre' },
    };
    const asked = await portal.post(`${page}/approve`, typed);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('What you wrote has not been sent. Approve all the same?');
    expect(asked.text).toContain('>Enlevez cette phrase</textarea>');
    expect(asked.text).toContain('>Sobre</textarea>');
    expect(await stateOf()).toBe('submitted');
    expect(await remarks()).toEqual([]);

    const sure = await portal.submit(`${page}/approve`, { ...typed, sure: 'yes' });
    expect(sure.text).toContain('is approved');
    expect(await stateOf()).toBe('approved');
    expect(await remarks()).toEqual([
      { stepId: firstStep, text: 'Enlevez cette phrase' },
      { stepId: null, text: 'Sobre' },
    ]);
  });

  it('changes that were being asked for keep it back too, and are not lost by sending a remark', async () => {
    const portal = await world.browser(buyer);
    const typed = { version: '1', reason: 'Trop pompeux' };
    const asked = await portal.post(`${page}/approve`, typed);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('>Trop pompeux</textarea>');
    const sent = await portal.post(`${page}/comments`, { ...typed, comments: { whole: 'Sobre' } });
    expect(sent.text).toContain('>Trop pompeux</textarea>');
    expect(sent.text).not.toContain('>Sobre</textarea>');
    expect(await remarks()).toEqual([{ stepId: null, text: 'Sobre' }]);
    expect(await stateOf()).toBe('submitted');
  });

  it('a refusal takes along what was typed; without its reason it keeps all of it on the page', async () => {
    const portal = await world.browser(buyer);
    const typed = { version: '1', comments: { [firstStep]: 'Enlevez cette phrase' } };
    const lacking = await portal.post(`${page}/refuse`, { ...typed, reason: '' });
    expect(lacking.status).toBe(422);
    expect(lacking.text).toContain('>Enlevez cette phrase</textarea>');
    expect(await remarks()).toEqual([]);
    await portal.submit(`${page}/refuse`, { ...typed, reason: 'Trop pompeux' });
    expect(await stateOf()).toBe('refused');
    expect(await remarks()).toEqual([{ stepId: firstStep, text: 'Enlevez cette phrase' }]);
  });

  it('an answer that comes too late leaves its words on the page, those on a lost step with the whole', async () => {
    const portal = await world.browser(buyer);
    await world.get(Approvals).refuse(buyer, id, { reason: 'Déjà refusé' });
    const comments = { gone: 'Enlevez cette phrase' };
    const late = await portal.post(`${page}/refuse`, { version: '1', reason: 'Trop pompeux', comments });
    expect(late.status).toBe(409);
    expect(late.text).toContain('>Enlevez cette phrase\n\nTrop pompeux</textarea>');
  });

  it('yes to the question approves only the texts that were read', async () => {
    const portal = await world.browser(buyer);
    const typed = { ...seen((await portal.get(page)).text), comments: { whole: 'Sobre' } };
    const { clientId } = (await world.get(SequenceStories).forReader(buyer, id)).sequence;
    const admin = await world.admin();
    await world.get(Approvals).withdraw(admin, id);
    await world.get(Clients).edit(admin, clientId, { legalName: 'Nordia Holding' });
    await world.get(Approvals).submit(admin, id);
    const asked = await portal.post(`${page}/approve`, typed);
    const answered = await portal.post(`${page}/approve`, { ...typed, ...seen(asked.text), sure: 'yes' });
    expect(answered.status).toBe(409);
    expect(answered.text).toContain('>Sobre</textarea>');
    expect(await stateOf()).toBe('submitted');
  });

  it('a manager who answers for the client loses no remark either', async () => {
    const browser = await world.browser(await world.admin());
    const typed = { version: '1', reason: 'Accord par téléphone', comments: { whole: 'Sobre' } };
    const asked = await browser.post(`/sequences/${id}/approve`, typed);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('>Sobre</textarea>');
    expect(asked.text).toContain('>Accord par téléphone</textarea>');
    await browser.submit(`/sequences/${id}/approve`, { ...typed, sure: 'yes' });
    expect(await stateOf()).toBe('approved');
    expect(await remarks()).toEqual([{ stepId: null, text: 'Sobre' }]);
  });

  it('are shown as what arrives at prospects; calls and work of the agency as that, without its notes', async () => {
    const portal = await world.browser(buyer);
    const { text } = await portal.get(page);
    expect(text).toContain('une phrase de trop');
    expect(text).toContain('2 wordings on trial: each prospect receives one of them.');
    expect(text).toContain('A call: nothing is sent. This is what it goes by, not a text read out.');
    expect(text).toContain('Demander le planning.');
    expect(text).toContain('Work on our side: nothing is sent.');
    expect(text).not.toContain('changé de poste');
    expect(text).not.toContain('do it your own way');
    // Six steps hold seven texts: three are messages, two are calls.
    expect((await portal.get('/portal')).text).toContain(
      '3 messages (one in several wordings), 2 calls · submitted by',
    );
  });
});
