import type { Actor } from '../accounts/actor.js';
import { outcomes } from '../outreach/outcomes.js';
import type { Message } from '../sequences/message.js';
import type { Step } from '../sequences/sequence.entity.js';
import type { SequenceResults } from '../sequences/sequences.queries.js';
import { mayMoveSequence } from '../sequences/sequences.policy.js';
import type { WrittenSequence } from '../sequences/sequences.service.js';
import { actsFrom } from '../sequences/sequence-states.js';
import { channelIcon, dayText, letterView } from './message.view.js';
import type { Page } from './rendering/page.js';

interface Shown extends WrittenSequence {
  results: SequenceResults;
  /** Each step's first variant, rendered; null when there is nobody to try it on. */
  messages: Message[] | null;
  samples: { id: string; fullName: string }[];
  prospectId: string | null;
  zone: string;
}

/** The page of one sequence: its state and what may be done, its steps as somebody would read them, its results. */
export function sequenceView(page: Page, actor: Actor, shown: Shown): object {
  const { sequence, version, results } = shown;
  const base = `/sequences/${sequence.id}`;
  return {
    id: sequence.id,
    state: sequence.state,
    stateText: page.t(`sequences.states.${sequence.state}`),
    running: page.t(`sequences.running.${sequence.state}`),
    tone: sequence.state === 'live' || sequence.state === 'testing' ? 'good' : 'info',
    versionText: page.t('sequences.version', { version: version.version }),
    approvedText: version.approvedAt
      ? page.t('sequences.approvedOn', { date: page.format.date(version.approvedAt, shown.zone) })
      : page.t('sequences.notApproved'),
    acts: actsFrom(sequence.state)
      .filter((act) => mayMoveSequence(actor, act))
      .map((act, place) => ({
        act,
        label: page.t(`sequences.acts.${act}`),
        isPrimary: place === 0 && act !== 'pause' && act !== 'archive',
        isQuiet: act === 'archive',
      })),
    editHref: `${base}/edit`,
    enrolHref: `${base}/enrol`,
    peopleHref: `${base}/people`,
    canEdit: sequence.state !== 'archived',
    tiles: tilesView(page, base, results),
    samples: shown.samples.map((sample) => ({ ...sample, isChosen: sample.id === shown.prospectId })),
    steps: version.steps.map((step, index) => stepView(page, step, shown.messages?.[index] ?? null)),
    rows: version.steps.map((step, index) => resultRow(page, step, index + 1, results)),
  };
}

function tilesView(page: Page, base: string, results: SequenceResults): object[] {
  const many = (test: (line: SequenceResults['enrolments'][number]) => boolean): string =>
    page.format.number(results.enrolments.filter(test).reduce((sum, line) => sum + line.people, 0));
  const tile = (key: string, value: string, query: string): object => ({
    label: page.t(`sequences.tiles.${key}`),
    value,
    href: `${base}/people?${query}`,
  });
  return [
    tile(
      'active',
      many((line) => line.state === 'active'),
      'state=active',
    ),
    tile(
      'paused',
      many((line) => line.state === 'paused'),
      'state=paused',
    ),
    tile(
      'answered',
      many((line) => line.reason === 'replied'),
      'state=finished&reason=replied',
    ),
    tile(
      'meeting',
      many((line) => line.reason === 'meeting'),
      'state=finished&reason=meeting',
    ),
    tile(
      'finished',
      many((line) => line.state === 'finished'),
      'state=finished',
    ),
  ];
}

function stepView(page: Page, step: Step, message: Message | null): object {
  return {
    day: dayText(page, step.day),
    icon: channelIcon(step.channel),
    channel: page.t(`outreach.channels.${step.channel}`),
    variants: step.variants.length > 1 ? page.format.number(step.variants.length) : null,
    letter: message && letterView(page, message),
    subject: step.variants[0]?.subject,
    body: step.variants[0]?.body,
  };
}

function resultRow(page: Page, step: Step, position: number, results: SequenceResults): object {
  const counts = results.byStep.filter((line) => line.stepId === step.id);
  const answers = results.answers.filter((line) => line.stepId === step.id);
  const sum = (lines: readonly { people: number }[]): number =>
    lines.reduce((all, line) => all + line.people, 0);
  const waiting = results.waiting.find((line) => line.position === position)?.people ?? 0;
  return {
    label: `${dayText(page, step.day)} · ${page.t(`outreach.channels.${step.channel}`)}`,
    waiting: page.format.number(waiting),
    done: page.format.number(sum(counts.filter((line) => line.result !== 'skipped'))),
    outcomes: outcomes[step.channel].flatMap(({ key }) => {
      const people = sum(counts.filter((line) => line.result === key));
      return people > 0
        ? [{ text: page.t(`outreach.outcomes.${step.channel}.${key}`), people: page.format.number(people) }]
        : [];
    }),
    answers: page.format.number(sum(answers)),
    meetings: sum(answers.filter((line) => line.reason === 'meeting')),
  };
}
