import { convert } from 'html-to-text';

/**
 * What a person reads: the plain text, or the HTML turned into it (quotations keep their `>`, links and images go).
 * Line ends are `\n`.
 */
export function bodyText(plain: string, html: string | null): string {
  const text = plain.trim() === '' && html !== null ? fromHtml(html) : plain;
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '');
}

function fromHtml(html: string): string {
  try {
    return convert(html, {
      wordwrap: false,
      limits: { maxInputLength: 300_000, maxDepth: 60, maxChildNodes: 5000 },
      selectors: [
        { selector: 'a', options: { ignoreHref: true } },
        { selector: 'img', format: 'skip' },
        { selector: 'style', format: 'skip' },
        { selector: 'blockquote', format: 'blockquote' },
      ],
    });
  } catch {
    return '';
  }
}
