import { lackingNotice } from '../../sequences/writing/notice-block.js';
import type { Page } from '../rendering/page.js';
import { letterOf } from './message.view.js';
import type { DraftStep, SequenceDraft } from './sequence-draft.js';

/** What a button of the editor leaves behind: where the keyboard goes on (an id of the form), and what is said of it. */
export interface Echo {
  focus: string | null;
  said: string;
}

export const SILENCE: Echo = { focus: null, said: '' };

/** @param op as `editDraft` takes it; a button that changed nothing leaves nothing */
export function echoOf(page: Page, before: SequenceDraft, after: SequenceDraft, op: string): Echo {
  const [act, first, second] = op.split(':');
  const at = Number(first ?? -1);
  const last = after.steps.length - 1;
  const say = (key: string, params: Record<string, string | number> = {}): string =>
    page.t(`sequences.editor.said.${key}`, params);
  if (act === 'add') return { focus: `steps.${last}.day`, said: say('added', { n: last + 1 }) };
  if (act === 'notice') {
    const [place] = lackingNotice(before.steps);
    return {
      focus: place ? `steps.${place.step}.variants.${place.variant}.body` : null,
      said: say('notice'),
    };
  }
  if (!before.steps[at]) return SILENCE;
  const n = at + 1;
  switch (act) {
    case 'remove':
      return {
        focus: last < 0 ? null : `steps.${Math.min(at, last)}.day`,
        said: say('removed', { n }),
      };
    case 'up':
      return moved(at - 1, 'up');
    case 'down':
      return moved(at + 1, 'down');
    case 'vary': {
      const place = after.steps[at]!.variants.length - 1;
      return { focus: textAt(after, at, place), said: say('varied', { n, letter: letterOf(place) }) };
    }
    case 'unvary': {
      const gone = Number(second ?? -1);
      const place = Math.min(gone, after.steps[at]!.variants.length - 1);
      return { focus: textAt(after, at, place), said: say('unvaried', { n, letter: letterOf(gone) }) };
    }
    default:
      return SILENCE;
  }

  /** The button that moved the step, for another push; the opposite one where there is no further to go. */
  function moved(to: number, way: 'up' | 'down'): Echo {
    if (to < 0 || to > last) return SILENCE;
    const isEnd = to === (way === 'up' ? 0 : last);
    const opposite = way === 'up' ? 'down' : 'up';
    return { focus: `steps.${to}.${isEnd ? opposite : way}`, said: say('moved', { n, to: to + 1 }) };
  }
}

/** The first field of a variant. */
function textAt({ steps }: SequenceDraft, step: number, place: number): string {
  return `steps.${step}.variants.${place}.${firstField(steps[step]!)}`;
}

const firstField = ({ channel }: DraftStep): 'subject' | 'body' => (channel === 'email' ? 'subject' : 'body');
