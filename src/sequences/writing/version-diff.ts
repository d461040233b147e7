import { diffLines, diffWordsWithSpace } from 'diff';
import type { Step, Variant } from '../sequence.entity.js';

/** A stretch of a text that stayed, came or went. */
export interface DiffPiece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

export interface VariantDiff {
  /** 0-based. */
  variant: number;
  kind: 'same' | 'added' | 'removed' | 'changed';
  subject: DiffPiece[];
  body: DiffPiece[];
}

/** What became of a step; places count from 1, null where it is not. */
export interface StepDiff {
  stepId: string;
  kind: 'same' | 'added' | 'removed' | 'changed';
  from: { position: number; day: number; channel: Step['channel'] } | null;
  to: { position: number; day: number; channel: Step['channel'] } | null;
  variants: VariantDiff[];
}

/** Step by step in the order of the newer version, those that went at the place they had. Steps are known by their id. */
export function diffVersions(older: readonly Step[], newer: readonly Step[]): StepDiff[] {
  const kept = newer.map((step, index) => diffStep(placeOf(older, step.id), { step, position: index + 1 }));
  const gone = older
    .map((step, index) => ({ step, position: index + 1 }))
    .filter(({ step }) => !newer.some(({ id }) => id === step.id));
  const diffs = [...kept];
  for (const place of gone)
    diffs.splice(Math.min(place.position - 1, diffs.length), 0, diffStep(place, null));
  return diffs;
}

interface Placed {
  step: Step;
  position: number;
}

function placeOf(steps: readonly Step[], id: string): Placed | null {
  const index = steps.findIndex((step) => step.id === id);
  return index < 0 ? null : { step: steps[index]!, position: index + 1 };
}

function diffStep(from: Placed | null, to: Placed | null): StepDiff {
  const [old, fresh] = [from?.step.variants ?? [], to?.step.variants ?? []];
  const count = Math.max(old.length, fresh.length);
  const variants = Array.from({ length: count }, (_, place) => diffVariant(place, old[place], fresh[place]));
  const isMoved =
    from !== null &&
    to !== null &&
    (from.step.day !== to.step.day || from.step.channel !== to.step.channel || from.position !== to.position);
  const isChanged = isMoved || variants.some(({ kind }) => kind !== 'same');
  return {
    stepId: (to ?? from)!.step.id,
    kind: from === null ? 'added' : to === null ? 'removed' : isChanged ? 'changed' : 'same',
    from: shown(from),
    to: shown(to),
    variants,
  };
}

function shown(placed: Placed | null): StepDiff['from'] {
  return placed && { position: placed.position, day: placed.step.day, channel: placed.step.channel };
}

function diffVariant(variant: number, old: Variant | undefined, fresh: Variant | undefined): VariantDiff {
  const subject = diffText(old?.subject ?? '', fresh?.subject ?? '');
  const body = diffText(old?.body ?? '', fresh?.body ?? '');
  const isSame = [...subject, ...body].every(({ kind }) => kind === 'same');
  const kind = old === undefined ? 'added' : fresh === undefined ? 'removed' : isSame ? 'same' : 'changed';
  return { variant, kind, subject, body };
}

/** Word by word where lines were changed, whole lines where they came or went. */
export function diffText(old: string, fresh: string): DiffPiece[] {
  const lines = diffLines(old, fresh);
  const pieces: DiffPiece[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [line, next] = [lines[at]!, lines[at + 1]];
    if (line.removed && next?.added) {
      pieces.push(...diffWordsWithSpace(line.value, next.value).map(pieceOf));
      at += 1;
    } else pieces.push(pieceOf(line));
  }
  return pieces.filter(({ text }) => text !== '');
}

function pieceOf({ added, removed, value }: { added: boolean; removed: boolean; value: string }): DiffPiece {
  return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value };
}
