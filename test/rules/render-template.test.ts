import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeFields, type MergeValues } from '../../src/sequences/writing/merge-fields.js';
import { fieldsNamed, longestTemplate, readTemplate } from '../../src/sequences/writing/read-template.js';
import { renderSubject, renderTemplate } from '../../src/sequences/writing/render-template.js';

const claire: MergeValues = {
  firstName: 'Claire',
  companyName: 'Ateliers Morvan',
  city: '  ',
  custom: { Parc: '40 presses' },
};

function body(source: string, values: MergeValues = claire) {
  const { nodes, problems } = readTemplate(source);
  expect(problems).toEqual([]);
  return renderTemplate(nodes, values);
}

describe('a message is filled with what we know of the person', () => {
  it('puts fields, custom columns and defaults in their places', () => {
    expect(
      body('Bonjour {{firstName}}, {{custom.Parc}} chez {{companyName}} à {{default city "Lyon"}} ?').text,
    ).toBe('Bonjour Claire, 40 presses chez Ateliers Morvan à Lyon ?');
  });

  it('takes the branch that fits, a blank value counting as missing', () => {
    const source = '{{#if city}}à {{city}}{{else if companyName}}chez {{companyName}}{{else}}vous{{/if}}';
    expect(body(source).text).toBe('chez Ateliers Morvan');
    expect(body(source, { city: 'Brest' }).text).toBe('à Brest');
    expect(body(source, {}).text).toBe('vous');
  });

  it('reads a custom column whose name has spaces and accents', () => {
    expect(body('{{custom.[Secteur précis]}}', { custom: { 'Secteur précis': 'bois' } }).text).toBe('bois');
  });

  it('does not leave an empty line behind an if that stands alone on its line', () => {
    expect(body('Bonjour\n{{#if city}}\nVilles\n{{/if}}\nBien à vous').text).toBe('Bonjour\nBien à vous');
  });

  it('never sends a blank: a missing value holds the message back and is named once', () => {
    const rendered = body('{{lastName}} {{lastName}} {{title}} {{firstName}}');
    expect(rendered.text).toBeNull();
    expect(rendered.missing).toEqual(['lastName', 'title']);
    expect(rendered.pieces.filter((piece) => piece.isMissing)).toHaveLength(3);
  });

  it('asks nothing of the fields of the branch not taken', () => {
    expect(body('{{#if city}}{{title}}{{else}}ok{{/if}}').missing).toEqual([]);
  });

  it('leaves a value that looks like a template, or like HTML, exactly as it is', () => {
    const firstName = '{{constructor.constructor("return process")()}} {{companyName}} <b>&';
    expect(body('Hi {{firstName}}', { ...claire, firstName }).text).toBe(`Hi ${firstName}`);
  });

  it('whatever the value, a filled field comes out as that value and nothing is evaluated', () => {
    const value = fc.string({ minLength: 1 }).filter((text) => text.replaceAll('\0', '').trim() !== '');
    fc.assert(
      fc.property(value, (firstName) => {
        expect(body('[{{firstName}}]', { firstName }).text).toBe(
          `[${firstName.replaceAll('\0', '').trim()}]`,
        );
      }),
    );
  });
});

describe('a subject stays on one line', () => {
  it('loses the line breaks that would open another header', () => {
    const { nodes } = readTemplate('Pour {{firstName}}');
    const attack = 'Eve\r\nBcc: all@x.fr\0\u2028.';
    expect(renderSubject(nodes, { firstName: attack }).text).toBe('Pour Eve Bcc: all@x.fr .');
  });

  it('holds for any value at all', () => {
    const { nodes } = readTemplate('a {{default firstName "x"}} {{default lastName "y"}}');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (firstName, lastName) => {
        // eslint-disable-next-line no-control-regex -- looking for exactly these
        expect(renderSubject(nodes, { firstName, lastName }).text).not.toMatch(/[\u0000-\u001f\u007f]/);
      }),
    );
  });
});

describe('a template that could go wrong is refused when it is saved', () => {
  it.each([
    ['Bonjour {{prenom}}', 'unknown_field', 1, 11, 'prenom'],
    ['a\nb {{firstname}}', 'unknown_field', 2, 5, 'firstname'],
    ['{{companyName.length}}', 'unknown_field', 1, 3, 'companyName.length'],
    ['{{default city ""}}', 'empty_default', 1, 1, 'city'],
    ['{{#if city}}', 'syntax', 1, 1, null],
    ['a\nBonjour {{firstName', 'syntax', 2, 1, null],
    ['a\n{{#if city}}x{{/unless}}', 'syntax', 2, 4, null],
    ['\\{{firstName}}', 'not_allowed', 1, 2, '{{'],
    ['x'.repeat(longestTemplate + 1), 'too_long', 1, 1, null],
  ])('%.40s → %s at line %d, column %d', (source, code, line, column, field) => {
    expect(readTemplate(source).problems).toEqual([{ code, line, column, field }]);
  });

  it('tells every unknown field at once', () => {
    expect(readTemplate('{{a}} {{#if b}}{{c}}{{/if}}').problems.map((problem) => problem.field)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it.each([
    '{{constructor}}',
    '{{__proto__}}',
    '{{this}}',
    '{{this.firstName}}',
    '{{./firstName}}',
    '{{../firstName}}',
    '{{@root.firstName}}',
    '{{@root}}',
    '{{custom.__proto__}}',
    '{{custom.constructor}}',
    '{{custom.[prototype]}}',
    '{{custom}}',
    '{{custom.a.b}}',
    '{{firstName.constructor}}',
    '{{{firstName}}}',
    '{{&firstName}}',
    '{{"firstName"}}',
    '{{lookup this "constructor"}}',
    '{{log firstName}}',
    '{{default (lookup this "constructor") "x"}}',
    '{{default firstName lastName}}',
    '{{default firstName "a" "b"}}',
    '{{default firstName "a" b="c"}}',
    '{{helperMissing firstName}}',
    '{{blockHelperMissing firstName}}',
    '{{toString}}',
    '{{valueOf}}',
    '{{hasOwnProperty}}',
    '{{> other}}',
    '{{> (lookup . "firstName")}}',
    '{{#> other}}x{{/other}}',
    '{{* decorator}}',
    '{{#* inline "x"}}y{{/inline}}',
    '{{#with firstName}}x{{/with}}',
    '{{#with "constructor" as |c|}}{{#with (lookup this c)}}{{this}}{{/with}}{{/with}}',
    '{{#each custom}}{{this}}{{/each}}',
    '{{#unless firstName}}x{{/unless}}',
    '{{#if firstName as |x|}}{{x}}{{/if}}',
    '{{#if (lookup this "a")}}x{{/if}}',
    '{{#if firstName includeZero=true}}x{{/if}}',
    '{{#if true}}x{{/if}}',
    '{{#if}}x{{/if}}',
    '{{#firstName}}x{{/firstName}}',
    '{{^firstName}}x{{/firstName}}',
    '{{{{raw}}}}{{firstName}}{{{{/raw}}}}',
    '{{#if firstName}}'.repeat(9) + '{{/if}}'.repeat(9),
  ])('%s', (source) => {
    const { problems } = readTemplate(source);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]!.line).toBe(1);
  });

  it('reads any text whatsoever without throwing, and renders a clean one from our fields alone', () => {
    const scrap = fc.constantFrom(
      '{{',
      '}}',
      '{{{',
      '#if',
      '/if',
      'else',
      ' ',
      'firstName',
      'custom.',
      '"',
      '(',
      ')',
      '__proto__',
      '\\',
      '~',
      '&',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scrap, fc.string()), { maxLength: 12 }), (scraps) => {
        const { nodes, problems } = readTemplate(scraps.join(''));
        const allowed = (name: string) =>
          name.startsWith('custom.') || (mergeFields as readonly string[]).includes(name);
        if (problems.length === 0) expect(fieldsNamed(nodes).every(allowed)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

it('a value lent by a prototype is no value', () => {
  const lent = Object.create({ firstName: 'Mallory' }) as MergeValues;
  expect(body('{{firstName}}', lent).missing).toEqual(['firstName']);
  expect(body('{{custom.toString}}', { custom: {} }).missing).toEqual(['custom.toString']);
});
