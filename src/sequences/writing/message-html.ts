/** A message ready to go: its words, and the page where its reader objects. */
export interface FinishedMessage {
  /** The rendered body, plain text. */
  body: string;
  /** `fr` or `en`. */
  locale: string;
  /** Address of the page to object on; absent in previews and where a person writes. */
  optOutUrl?: string | undefined;
}

const optOutWords = {
  fr: 'Ne plus recevoir de message',
  en: 'Stop receiving messages',
} as const;

const languageOf = (locale: string): 'fr' | 'en' => (locale === 'en' ? 'en' : 'fr');

/** The text/plain part. */
export function plainMessage({ body, locale, optOutUrl }: FinishedMessage): string {
  if (optOutUrl === undefined) return body;
  const language = languageOf(locale);
  return `${body.trimEnd()}\n\n${optOutWords[language]}${language === 'fr' ? '\u00a0' : ''}: ${optOutUrl}\n`;
}

/**
 * The text/html part: the same words, as a person's own mail program would write them. Everything is escaped; only
 * web addresses become links. No image, no style, no script, nothing that calls home.
 */
export function htmlMessage(message: FinishedMessage): string {
  const language = languageOf(message.locale);
  const optOut =
    message.optOutUrl === undefined
      ? ''
      : `\n<p><a href="${escapeHtml(message.optOutUrl)}">${optOutWords[language]}</a></p>`;
  return `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"></head><body>\n${htmlParagraphs(message.body)}${optOut}\n</body></html>\n`;
}

/** The body alone, as a page may show it. */
export function htmlParagraphs(text: string): string {
  return text
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${paragraph.split('\n').map(withLinks).join('<br>\n')}</p>`)
    .join('\n');
}

/** A web address ends before the punctuation of its sentence. */
const address = /https?:\/\/[^\s<>"'«»“”]*[^\s<>"'«»“”.,;:!?)\]}…]/g;

function withLinks(line: string): string {
  let html = '';
  let from = 0;
  for (const { 0: url, index } of line.matchAll(address)) {
    html += `${escapeHtml(line.slice(from, index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    from = index + url.length;
  }
  return html + escapeHtml(line.slice(from));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!);
}
