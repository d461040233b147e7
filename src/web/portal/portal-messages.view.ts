import type { Channel } from '../../outreach/touches/outcomes.js';
import type { Message } from '../../sequences/writing/message.js';
import type { Step } from '../../sequences/sequence.entity.js';
import { type StepLetters, stepLetters } from '../sequences/message.view.js';
import type { Page } from '../rendering/page.js';

/** What the agency does itself: nothing of it arrives at the prospect in writing. */
const isOwnWork = (channel: Channel): boolean => channel === 'call' || channel === 'task';

type ReadStep = Pick<Step, 'id' | 'day' | 'channel' | 'variants'>;

/**
 * The steps as the client reads them: messages word for word, a call with what it goes by, and of a task only that there
 * is one, since its text is a note among colleagues.
 */
export function clientLetters(
  page: Page,
  steps: readonly ReadStep[],
  messages: readonly Message[],
): (StepLetters & { note: string | null })[] {
  return stepLetters(page, steps, messages).map((step, index) => {
    const { channel } = steps[index]!;
    const written = step.letters.filter(({ isEmpty }) => !isEmpty);
    const letters = channel === 'task' ? [] : written;
    return { ...step, letters, note: noteOn(page, channel, letters.length) };
  });
}

function noteOn(page: Page, channel: Channel, texts: number): string | null {
  if (channel === 'call') return page.t('governance.portal.call', { n: texts });
  if (channel === 'task') return page.t('governance.portal.task');
  if (texts === 0) return page.t('governance.portal.bare');
  return texts > 1 ? page.t('governance.portal.variants', { n: texts }) : null;
}

/** "4 messages, one of them in two wordings, 1 call": what a prospect gets, then what the agency does besides. */
export function contentText(page: Page, steps: readonly ReadStep[]): string {
  const messages = steps.filter(({ channel }) => !isOwnWork(channel));
  return page.t('governance.portal.content', {
    n: messages.length,
    varied: messages.filter(({ variants }) => variants.length > 1).length,
    calls: steps.filter(({ channel }) => channel === 'call').length,
  });
}
