import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeHtml,
  htmlMessage,
  htmlParagraphs,
  plainMessage,
} from '../../src/sequences/writing/message-html.js';

describe('the HTML part of a mail', () => {
  it('is its paragraphs and lines, nothing more', () => {
    expect(htmlParagraphs('Bonjour Claire,\n\nUn mot.\nUn autre.\n\n\nLéa')).toBe(
      '<p>Bonjour Claire,</p>\n<p>Un mot.<br>\nUn autre.</p>\n<p>Léa</p>',
    );
  });

  it('turns web addresses into links, without the punctuation of the sentence', () => {
    expect(htmlParagraphs('Voir https://nordia.example/a?b=1&c=2.')).toBe(
      '<p>Voir <a href="https://nordia.example/a?b=1&amp;c=2">https://nordia.example/a?b=1&amp;c=2</a>.</p>',
    );
    expect(htmlParagraphs('javascript:alert(1) data:text/html,x')).not.toContain('<a');
  });

  it('escapes whatever a prospect’s record holds', () => {
    expect(htmlParagraphs('<img src=x onerror=alert(1)> & "x"')).toBe(
      '<p>&lt;img src=x onerror=alert(1)&gt; &amp; &quot;x&quot;</p>',
    );
    expect(htmlParagraphs('https://x.example/"onclick="y')).not.toMatch(/<a [^>]*onclick=/);
  });

  it('shows the way out, in the language of the message, in both parts', () => {
    const message = { body: 'Bonjour', locale: 'fr', optOutUrl: 'https://c.example/u/abc' };
    expect(plainMessage(message)).toBe(
      'Bonjour\n\nNe plus recevoir de message\u00a0: https://c.example/u/abc\n',
    );
    expect(htmlMessage(message)).toContain(
      '<a href="https://c.example/u/abc">Ne plus recevoir de message</a>',
    );
    expect(htmlMessage({ ...message, locale: 'en' })).toContain('<html lang="en">');
  });

  it('law: no text whatever brings a tag of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const tags = htmlParagraphs(text).match(/<[^>]*>/g) ?? [];
        expect(tags.filter((tag) => !/^<(\/?p|br|\/a|a href="https?:[^"<>]*")>$/.test(tag))).toEqual([]);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))));
  });
});
