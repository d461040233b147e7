import type { Client } from '../../clients/client.entity.js';
import type { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import type { TestLine } from '../../sequences/sequence-story.queries.js';
import type { WrittenSequence } from '../../sequences/sequence-loading.queries.js';
import { actsFrom } from '../../sequences/sequence-states.js';
import { testSizes } from '../../sequences/test-segment/sequence-test.dto.js';
import { ratesOf, type TestFigures } from '../../sequences/test-segment/test-figures.js';
import { mayMoveSequence } from '../../sequences/sequences.policy.js';
import { filterView } from './enrolment.view.js';
import { rateText } from '../rate-text.js';
import type { Page, Refused } from '../rendering/page.js';
import { mailRoadView } from './sequence-frame.view.js';
import type { TestReadings } from './sequence-test-readings.service.js';

interface Source extends WrittenSequence, TestReadings {
  client: Client;
  refused: Refused;
}

/** The test that runs with its figures and the decision to take; the form to draw another; the decisions of before. */
export function testPage(page: Page, source: Source): object {
  const { sequence, standing, tests, now, client, refused } = source;
  const acts = actsFrom(standing);
  const [latest] = tests;
  const isOpen = latest?.decision === null;
  const base = `/sequences/${sequence.id}`;
  const canDecide = page.frame.actor !== null && mayMoveSequence(page.frame.actor, 'decide');
  return {
    id: sequence.id,
    problem: refused.problem,
    problemLinks: waysOut(page, source),
    mailRoad: acts.includes('test') || isOpen ? mailRoadView(page, sequence, source.mailRoad) : null,
    running: isOpen ? runningView(page, latest, now, { base, zone: client.timeZone }) : null,
    begun:
      isOpen && latest.isBegun && sequence.state === 'testing'
        ? {
            action: `${base}/test`,
            size: latest.size,
            text: page.t('governance.test.begun', { n: latest.enrolled, size: latest.size }),
          }
        : null,
    decision:
      isOpen && acts.includes('decide') && canDecide
        ? {
            action: `${base}/decide`,
            reason: textIn(refused, 'reason'),
            error: refused.errors['reason'] ?? refused.errors['decision'],
          }
        : null,
    waits: isOpen && !canDecide ? page.t('governance.test.managerDecides') : null,
    draw: acts.includes('test') ? drawView(page, source) : null,
    blocked: acts.includes('test') || isOpen ? null : blockedView(page, source),
    past: tests
      .filter(({ decision }) => decision !== null)
      .map((test) => pastView(page, test, client.timeZone)),
  };
}

/** Why there is nothing to test, and the page that leads on. */
function blockedView(page: Page, source: Source) {
  const why = blockOf(source);
  const base = `/sequences/${source.sequence.id}`;
  const isSubmitted = source.standing.versionState === 'submitted';
  const part = why === 'launched' || why === 'archived' ? 'results' : isSubmitted ? 'approval' : 'overview';
  return {
    text: page.t(`governance.test.blocked.${why}`),
    next: {
      // The first page of a sequence submits its messages, and resumes it.
      href: part === 'overview' ? base : `${base}/${part}`,
      text: page.t(`governance.tabs.${part}`),
    },
  };
}

/** Where somebody goes whose draw was refused for lack of people: who can enter, and where people come from. */
function waysOut(page: Page, { sequence, standing, refused }: Source): { href: string; text: string }[] {
  const isDraw = actsFrom(standing).includes('test') && Object.keys(refused.errors).length === 0;
  if (refused.problem === '' || !isDraw) return [];
  return [
    { href: `/sequences/${sequence.id}/enrol`, text: page.t('governance.test.whoCanEnter') },
    { href: `/clients/${sequence.clientId}/prospects`, text: page.t('clients.tabs.prospects') },
  ];
}

function blockOf({ sequence, standing }: Source): string {
  if (sequence.state === 'archived') return 'archived';
  if (standing.wasLaunched) return 'launched';
  return standing.approvedVersion === null ? 'notApproved' : 'paused';
}

function runningView(
  page: Page,
  test: TestLine,
  figures: TestFigures | null,
  { base, zone }: { base: string; zone: string },
): object {
  return {
    title: page.t('governance.test.running', { n: test.enrolled, version: test.version }),
    drawn: drawnText(page, test),
    since: page.t('governance.test.since', {
      date: page.format.date(test.startedAt, zone),
      who: test.startedByName ?? 'Carnet',
    }),
    progress: figures && page.t('governance.test.progress', { done: figures.finished, n: figures.enrolled }),
    figures: figures && figureLines(page, figures, `${base}/results/rows?test=${test.id}`),
    advice: figures && page.t(adviceKey(figures), { n: figures.delivered }),
  };
}

/** What reporting.md §4 asks before a test may be judged at all. */
function adviceKey({ delivered, bounced, attempted, optedOut }: TestFigures): string {
  const isBad =
    (bounced >= 3 && bounced / attempted > 0.05) || (optedOut >= 3 && optedOut / delivered > 0.02);
  if (isBad) return 'governance.test.advice.bad';
  return delivered < 50 ? 'governance.test.advice.early' : 'governance.test.advice.enough';
}

const SHOWN = ['attempted', 'delivered', 'replied', 'interested', 'bounced', 'optedOut'] as const;

/** Each figure with its rate among whom, its interval, and the rows behind it (no address: frozen figures). */
export function figureLines(page: Page, figures: TestFigures, rows: string | null): object[] {
  const rates = ratesOf(figures);
  return SHOWN.map((key) => {
    const rate = key === 'attempted' || key === 'delivered' ? null : rateText(page, rates[key]);
    return {
      label: page.t(`governance.figures.${key}`),
      value: page.format.number(figures[key]),
      href: rows && `${rows}&figure=${key}`,
      detail:
        rate?.whole ??
        (key === 'delivered' ? page.t('governance.figures.ofReached', { n: figures.attempted }) : null),
      isThin: rate?.isThin ?? false,
    };
  });
}

function drawnText(page: Page, test: TestLine): string {
  return page.t('governance.test.drawn', {
    size: test.size,
    enrolled: test.enrolled,
    from: page.format.number(test.drawnFrom),
    seed: test.seed,
  });
}

function pastView(page: Page, test: TestLine, zone: string): object {
  const isGo = test.decision === 'go';
  return {
    badge: page.t(isGo ? 'governance.test.go' : 'governance.test.noGo'),
    tone: isGo ? 'good' : 'bad',
    title: page.t('governance.test.decided', {
      who: test.decidedByName ?? 'Carnet',
      date: test.decidedAt ? page.format.moment(test.decidedAt, zone) : '',
      version: test.version,
    }),
    reason: test.reason,
    drawn: drawnText(page, test),
    figures: test.figures && figureLines(page, test.figures, null),
  };
}

function drawView(page: Page, { sequence, standing, lists, segments, refused }: Source): object {
  const typed = refused.values['filter'] as ProspectFilter | undefined;
  return {
    action: `/sequences/${sequence.id}/test`,
    versionText: page.t('governance.test.versionTested', { version: standing.approvedVersion ?? 0 }),
    size: textIn(refused, 'size') || String(testSizes.usual),
    sizeError: refused.errors['size'],
    seed: textIn(refused, 'seed'),
    seedError: refused.errors['seed'],
    filter: filterView(page, typed ?? { status: 'new' }, lists, segments),
  };
}

function textIn({ values }: Refused, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
