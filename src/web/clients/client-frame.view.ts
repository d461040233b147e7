import type { Page } from '../rendering/page.js';

const TABS = [
  ['overview', ''],
  ['prospects', '/prospects'],
  ['sequences', '/sequences'],
  ['meetings', '/meetings'],
  ['report', '/report'],
  ['icps', '/icps'],
  ['engagements', '/engagements'],
] as const;
export type ClientTab = (typeof TABS)[number][0];

export interface FrameAction {
  href: string;
  label: string;
  icon?: string;
  isPrimary?: boolean;
}

/** What `{{> clients/_frame frame}}` draws at the top of every page of a client. */
export interface ClientFrame {
  clientId: string;
  clientName: string;
  isOff: boolean;
  isOverview: boolean;
  /** The h1: the client's name on its own page, else what the page is about. */
  heading: string;
  count: string | null;
  lede: string | null;
  trail: { href: string; label: string }[];
  actions: FrameAction[];
  tabs: { href: string; label: string; isCurrent: boolean }[];
}

/**
 * The head of a client's page: the way back, the title, the tabs, a warning when the client is switched off.
 * Links of the title row go into `actions`; forms go into the partial's block, where the page's own model is `@root`:
 * `{{#> clients/_frame frame}}<form …>{{> _csrf}}…</form>{{/clients/_frame}}`.
 */
export function clientFrame(
  page: Page,
  client: { id: string; name: string; switchedOffAt: Date | null },
  tab: ClientTab,
  options: {
    heading?: string;
    /** A number, or the text of one that was not counted to its end. */
    count?: number | string;
    lede?: string;
    /** Pages between the client and this one. */
    trail?: { href: string; label: string }[];
    actions?: FrameAction[];
  } = {},
): ClientFrame {
  const home = `/clients/${client.id}`;
  const isOverview = tab === 'overview' && options.heading === undefined;
  return {
    clientId: client.id,
    clientName: client.name,
    isOff: client.switchedOffAt !== null,
    isOverview,
    heading: options.heading ?? (isOverview ? client.name : page.t(`clients.tabs.${tab}`)),
    count: typeof options.count === 'number' ? page.format.number(options.count) : (options.count ?? null),
    lede: options.lede ?? null,
    trail: isOverview ? [] : [{ href: home, label: client.name }, ...(options.trail ?? [])],
    actions: options.actions ?? [],
    tabs: TABS.map(([name, path]) => ({
      href: home + path,
      label: page.t(`clients.tabs.${name}`),
      isCurrent: name === tab,
    })),
  };
}
