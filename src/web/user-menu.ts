import { type Actor, type Locale, LOCALES } from '../accounts/actor.js';
import type { Translate } from './rendering/translations.service.js';

export interface Choice {
  value: string;
  label: string;
  isCurrent: boolean;
}

/** What everybody may set for themselves from any page. */
export interface UserMenu {
  languages: Choice[];
  themes: (Choice & { icon: string })[];
}

/** Each language is written in itself: who cannot read the page must still find theirs. */
const OWN_NAMES: Record<Locale, string> = { fr: 'Français', en: 'English' };

const THEMES = [
  { value: 'system', icon: 'settings' },
  { value: 'light', icon: 'sun' },
  { value: 'dark', icon: 'moon' },
] as const;

export function userMenuFor(actor: Actor | null, locale: Locale, t: Translate): UserMenu {
  const theme = actor?.theme ?? 'system';
  return {
    languages: LOCALES.map((value) => ({ value, label: OWN_NAMES[value], isCurrent: value === locale })),
    themes: THEMES.map(({ value, icon }) => ({
      value,
      icon,
      label: t(`nav.theme.${value}`),
      isCurrent: value === theme,
    })),
  };
}
