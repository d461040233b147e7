import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { returnDate } from '../../src/mail/return-date.js';

/** A Monday. */
const NOW = DateTime.fromISO('2027-08-02T10:00', { zone: 'utc' });
const back = (text: string, now = NOW): string | null => returnDate(text, now);

describe('the day somebody is back', () => {
  it.each([
    ['Je suis absent jusqu’au 16 août 2027. En cas d’urgence, écrivez à M. Roux.', '2027-08-16'],
    ['Je serai de retour le lundi 23 août.', '2027-08-23'],
    ['En congés du 2 au 20 août 2027, retour le 23.', '2027-08-23'],
    ['Absent du 02/08/2027 au 13/08/2027 inclus.', '2027-08-14'],
    ['De retour le 1er septembre', '2027-09-01'],
    ['I am out of the office until August 20th.', '2027-08-20'],
    ['I am on leave from 2 August to 16 August and will be back on 17 August.', '2027-08-17'],
    ['I will return on Monday, 16 August 2027.', '2027-08-16'],
    ['Back on 2027-08-18.', '2027-08-18'],
    ['I am away through August 13, 2027.', '2027-08-14'],
    ['Ich bin bis zum 20.08.2027 nicht im Büro.', '2027-08-20'],
    ['Ab dem 23. August bin ich wieder erreichbar.', '2027-08-23'],
    ['Vom 2.8. bis einschließlich 13.8. im Urlaub.', '2027-08-14'],
    ['Estaré fuera de la oficina hasta el 20 de agosto.', '2027-08-20'],
    ['Regreso el 23 de agosto de 2027.', '2027-08-23'],
    ['Sono in ferie fino al 20 agosto 2027.', '2027-08-20'],
    ['Rientrerò il 23 agosto.', '2027-08-23'],
    ['Ik ben afwezig tot en met 13 augustus.', '2027-08-14'],
    ['Vanaf 16 augustus ben ik weer bereikbaar.', '2027-08-16'],
    ['I am out today and back on Wednesday.', '2027-08-04'],
    ['Je suis en formation, de retour jeudi.', '2027-08-05'],
    ['Je serai de retour demain.', '2027-08-03'],
    ['Absente à compter du 2 août et de retour le 16.', '2027-08-16'],
    ['Out from 08/02/2027 and will not return until 08/20/2027.', '2027-08-20'],
    ['I’m away until 20-Aug-2027', '2027-08-20'],
    ['On leave till 2027/08/20', '2027-08-20'],
    ['I will be back in the office tomorrow.', '2027-08-03'],
    ['En congés jusqu’au lundi 16 août (inclus).', '2027-08-17'],
    ['Fermé du 12 au 16 août. Réouverture le mardi 17 août à 9h.', '2027-08-17'],
    ['Je reprends le 18 août prochain.', '2027-08-18'],
    ['Pas disponible avant le 20 août.', '2027-08-20'],
    ['OOO from 8/3/2027 to 8/13/2027 and will return on 8/16/2027.', '2027-08-16'],
  ])('%s → %s', (text, day) => {
    expect(back(text)).toBe(day);
  });

  it.each([
    'Je suis absent.',
    'Out of office.',
    'Appelez le 01 23 45 67 89.',
    'Absent à partir du 10 août.',
    'Notre service est ouvert 24/7.',
    'Notre salon du 3 mai 2024 fut un succès.',
    '',
  ])('nobody knows: %s', (text) => {
    expect(back(text)).toBeNull();
  });

  it('a note in December speaks of next January', () => {
    expect(back('De retour le 4 janvier.', DateTime.fromISO('2027-12-20', { zone: 'utc' }))).toBe(
      '2028-01-04',
    );
  });

  it('in English 05/09 may be either: the later day does no harm', () => {
    expect(back('I will be back in the office on 05/09/2027.')).toBe('2027-09-05');
  });
});
