import type { NoticeGap } from '../../sequences/writing/notice-block.js';
import type { Page } from '../rendering/page.js';

export interface NoticeGapsView {
  text: string;
  /** Where whoever may mends it; null for the others, who are told whom to ask. */
  clientHref: string | null;
  ask: string | null;
}

/** What the client's record still lacks for the notice, and who can write it; null when nothing does. */
export function noticeGapsView(
  page: Page,
  clientId: string,
  gaps: readonly NoticeGap[],
): NoticeGapsView | null {
  if (gaps.length === 0) return null;
  const { isManager } = page.frame;
  const fields = gaps.map((gap) => page.t(`governance.notice.fields.${gap}`)).join(', ');
  return {
    text: page.t('governance.notice.gaps', { n: gaps.length, fields }),
    clientHref: isManager ? `/clients/${clientId}/edit#notice` : null,
    ask: isManager ? null : page.t('governance.notice.ask'),
  };
}
