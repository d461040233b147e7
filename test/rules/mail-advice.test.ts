import { describe, expect, it } from 'vitest';
import { adviceOn } from '../../src/sequences/writing/mail-advice.js';
import { nearestField } from '../../src/sequences/writing/nearest-field.js';

const codes = (...args: Parameters<typeof adviceOn>): string[] => adviceOn(...args).map(({ code }) => code);
const GOOD =
  'Bonjour {{firstName}},\n\nNous réparons les lignes de conditionnement d’usines comme la vôtre, sans les arrêter plus d’une nuit. ' +
  'Deux sites voisins nous ont confié leur plan de maintenance cette année.\n\nEst-ce un sujet chez {{companyName}} ?\n\n{{notice}}';

describe('advice on a mail', () => {
  it('has nothing to say of a short, sober one that asks one thing', () => {
    expect(codes('email', { subject: 'Vos lignes de conditionnement', body: GOOD })).toEqual([]);
  });

  it('hears the pompous one', () => {
    const body =
      'Cher {{firstName}},\n\nLeader incontesté, {{clientName}} vous propose une OPPORTUNITÉ unique, 100 % gratuit ! Cliquez ici ! ' +
      'https://bit.ly/x https://a.example/y';
    const found = codes('email', { subject: 'RE: URGENT', body });
    for (const code of [
      'subject_capitals',
      'subject_fake_reply',
      'body_short',
      'links_many',
      'link_short',
      'capitals',
      'exclamations',
      'spam_words',
      'no_question',
    ])
      expect(found).toContain(code);
  });

  it('names the words filters trap, once each, in both languages, and only whole ones', () => {
    const of = (body: string) =>
      adviceOn('linkedin_message', { body }).find(({ code }) => code === 'spam_words')?.values;
    expect(of('Un audit 100 % gratuit ?')).toEqual({ words: '100 % gratuit' });
    expect(of('Click here, it is free. OK?')).toEqual({ words: 'free, click here' });
    expect(of('Freedom, gratuitement dit, argentique ?')).toBeUndefined();
  });

  it('counts the writer’s words: neither the notice nor the braces', () => {
    expect(
      codes('email', {
        subject: 'Vos lignes de conditionnement',
        body: GOOD.replaceAll('{{notice}}', '{{notice}} '.repeat(60)),
      }),
    ).toEqual([]);
  });

  it('takes 200 characters for an invitation, and says nothing of calls', () => {
    expect(codes('linkedin_invite', { body: 'x'.repeat(200) })).toEqual([]);
    expect(codes('linkedin_invite', { body: 'x'.repeat(201) })).toEqual(['invite_long']);
    expect(codes('call', { body: 'PROMOTION GRATUITE !!!' })).toEqual([]);
  });

  it('lets a follow-up be short and say “Re:”, but still not shout', () => {
    const text = { subject: 'Re : Vos LIGNES', body: 'Bonjour, avez-vous pu y penser ?' };
    expect(codes('email', text)).toEqual([
      'subject_capitals',
      'subject_fake_reply',
      'body_short',
      'capitals',
    ]);
    expect(codes('email', text, { isFollowUp: true })).toEqual(['subject_capitals', 'capitals']);
  });

  it('asks for one question, and tolerates two', () => {
    const ask = (n: number) =>
      codes('email', { subject: 'Vos lignes', body: GOOD.replace(' ?', ' ?'.repeat(1)) + ' Vu ?'.repeat(n) });
    expect(ask(1)).not.toContain('questions_many');
    expect(ask(2)).toContain('questions_many');
  });
});

describe('the field somebody meant', () => {
  it.each([
    ['prenom', 'firstName'],
    ['prénom', 'firstName'],
    ['firstname', 'firstName'],
    ['first_name', 'firstName'],
    ['compagnyName', 'companyName'],
    ['Société', 'companyName'],
    ['secteur', 'industry'],
    ['custom.secteurs', 'custom.secteur'],
  ])('%s → %s', (typed, meant) => {
    expect(nearestField(typed, meant.startsWith('custom') ? ['secteur'] : [])).toBe(meant);
  });

  it('guesses nothing from nothing near', () => {
    expect(nearestField('xyzzyplugh')).toBeNull();
    expect(nearestField('{{')).toBeNull();
  });
});
