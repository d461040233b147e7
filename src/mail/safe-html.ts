import sanitize from 'sanitize-html';

const MOST = 300_000;
/** Nobody writes more tags than this; the time taken grows with the square of those left open. */
const MOST_TAGS = 10_000;

/**
 * A stranger's HTML made harmless: words and their shape, links that are plain to see. No script, no style, no form, no
 * picture (a picture tells the sender when and where it was opened). Shown in a sandboxed frame all the same.
 */
export function safeHtml(html: string): string {
  const safe = sanitize(beginningOf(html), {
    allowedTags: [
      ...[
        'p',
        'br',
        'div',
        'span',
        'blockquote',
        'pre',
        'hr',
        'a',
        'b',
        'strong',
        'i',
        'em',
        'u',
        's',
        'sub',
        'sup',
        'small',
      ],
      ...['ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'code'],
    ],
    allowedAttributes: {
      a: ['href', 'rel', 'target'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      ol: ['start'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'head',
      'svg',
      'math',
      'iframe',
      'object',
      'template',
    ],
    nestingLimit: 60,
    transformTags: {
      a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow', target: '_blank' }),
    },
  });
  return safe.trim();
}

function beginningOf(html: string): string {
  let end = -1;
  for (let tags = 0; tags <= MOST_TAGS; tags += 1) {
    end = html.indexOf('<', end + 1);
    if (end === -1) return html.slice(0, MOST);
  }
  return html.slice(0, Math.min(end, MOST));
}
