import Handlebars from 'handlebars';
import { expect, it } from 'vitest';
import { type Fixed, templateWith } from '../../src/web/rendering/fixed-texts.js';

/** A language of two texts; `greeting` takes a value, so it is none of those that stay the same. */
const fixed: Fixed = (helper, argument) => {
  if (helper === 'asset') return `/assets/${argument}`;
  return argument === 'tea' ? 'Thé &amp; café' : null;
};

function drawn(source: string, model: object = {}): { calls: string[]; html: string } {
  const calls: string[] = [];
  const handlebars = Handlebars.create();
  handlebars.registerHelper('t', (key: string, { hash }: Handlebars.HelperOptions) => {
    calls.push(key);
    return `${key} ${(hash as { name?: string }).name ?? ''}`.trim();
  });
  handlebars.registerPartial('frame', '<b>{{> @partial-block}}</b>');
  return { html: handlebars.compile(templateWith(fixed, source))(model), calls };
}

it('a text that is always the same is in the template, and no page asks for it', () => {
  expect(drawn('<p title="{{t "tea"}}">{{asset "a.js"}}</p>')).toEqual({
    html: '<p title="Thé &amp; café">/assets/a.js</p>',
    calls: [],
  });
});

it('a text with a value, and one that is not known to be the same, are asked for', () => {
  expect(drawn('{{t "tea" name=who}} {{t "greeting"}} {{t key}}', { who: 'Ada', key: 'tea' })).toEqual({
    html: 'tea Ada greeting tea',
    calls: ['tea', 'greeting', 'tea'],
  });
});

it('they are found in a block, in its else, and in what is handed to a partial', () => {
  const source =
    '{{#if yes}}{{t "tea"}}{{else}}no {{t "tea"}}{{/if}}{{#each all}}{{t "tea"}},{{/each}}{{#> frame}}{{t "tea"}}{{/frame}}';
  expect(drawn(source, { yes: false, all: [1, 2] })).toEqual({
    html: 'no Thé &amp; caféThé &amp; café,Thé &amp; café,<b>Thé &amp; café</b>',
    calls: [],
  });
});

it('lines lose their indentation; what is asked of the model keeps its own', () => {
  expect(drawn('<ul>\n    <li>{{text}}</li>\n</ul>', { text: 'a\n  b' }).html).toBe(
    '<ul>\n<li>a\n  b</li>\n</ul>',
  );
});
