import { createHash } from 'node:crypto';
import type { Sequence, SequenceVersion, Step } from '../sequence.entity.js';

/** The words of one version, all that a reader gets and when. */
export interface SealedTexts {
  locale: string;
  notice: string | null;
  steps: readonly Pick<Step, 'day' | 'channel' | 'variants'>[];
}

/** SHA-256, in hexadecimal, of the texts as they stand: kept with an approval, and asked again before they are used. */
export function sealOf({ locale, notice, steps }: SealedTexts): string {
  const words = steps.map(({ day, channel, variants }) => [
    day,
    channel,
    variants.map(({ subject, body }) => [subject ?? null, body]),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([locale, notice, words]))
    .digest('hex');
}

/** The seal of a version as it stands now, which the seal kept with its approval is compared with. */
export function sealOfVersion({
  sequence,
  version,
}: {
  sequence: Sequence;
  version: SequenceVersion;
}): string {
  return sealOf({ locale: sequence.locale, notice: version.notice, steps: version.steps });
}
