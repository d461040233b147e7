import type { Page, Refused } from '../rendering/page.js';
import { variantName } from './message.view.js';
import type { SequenceDraft } from './sequence-draft.js';

/** A path of the draft (`steps.1.variants.0.body`) in its parts; absent ones are undefined. */
const PATH = /^steps\.(\d+)(?:\.variants\.(\d+))?(?:\.(\w+))?$/;

/** The list above a refused editor, as `{{> _errors}}` draws it: each error with the field it belongs to. */
export function editorSummary(page: Page, refused: Refused, draft: SequenceDraft) {
  if (refused.problem === '') return null;
  const items = Object.entries(refused.errors).map(([path, error]) => ({
    href: `#${fieldOf(path)}`,
    text: problemLine(page, path, error, draft),
  }));
  return { problem: refused.problem, items };
}

/** "Step 2, variant B, Subject: …" */
export function problemLine(page: Page, path: string, error: string, { steps }: SequenceDraft): string {
  const [, step, variant, field] = PATH.exec(path) ?? [];
  if (step === undefined)
    return path === 'name' ? page.format.pair(page.t('sequences.editor.name'), error) : error;
  const hasVariants = (steps[Number(step)]?.variants.length ?? 0) > 1;
  const where = [
    page.t('sequences.editor.step', { n: Number(step) + 1 }),
    ...(variant !== undefined && hasVariants ? [variantName(page, Number(variant))] : []),
    ...labelOf(page, field, steps[Number(step)]?.channel),
  ];
  return page.format.pair(where.join(', '), error);
}

function labelOf(page: Page, field: string | undefined, channel = 'email'): string[] {
  if (field === 'body') return [page.t(`sequences.editor.bodies.${channel}`)];
  return field === 'day' || field === 'subject' || field === 'channel'
    ? [page.t(`sequences.editor.${field}`)]
    : [];
}

/** The id of the field an error stands at: what has none of its own stands at its step, or at the button that adds one. */
function fieldOf(path: string): string {
  if (path === 'name' || path === 'locale') return path;
  const [, step, variant, field] = PATH.exec(path) ?? [];
  if (step === undefined) return 'add-step';
  return field === 'day' || field === 'channel' || variant !== undefined ? path : `step-${step}`;
}
