import { describe, expect, it } from 'vitest';
import { judge } from '../../src/icp/fit-score.js';
import { isWithin, readRegion, regionAbove, regionLabel } from '../../src/icp/region.js';
import { segmentsOf } from '../../src/icp/segments.js';

describe('a region', () => {
  it.each([
    ['Île-de-France', 'FR-IDF'],
    ['ile de france', 'FR-IDF'],
    ['FR-IDF', 'FR-IDF'],
    ['IDF', 'FR-IDF'],
    ['PACA', 'FR-PAC'],
    ['Provence-Alpes-Côte d’Azur', 'FR-PAC'],
    ['Brittany', 'FR-BRE'],
    ['Rhône-Alpes', 'FR-ARA'],
    ['Rhône', 'FR-69'],
    ['Paris', 'FR-75C'],
    ['Wallonie', 'BE-WAL'],
    ['Catalonia', 'ES-CT'],
    ['Bayern', 'DE-BY'],
    ['nowhere at all', null],
    ['', null],
  ])('written "%s" is %s', (text, code) => {
    expect(readRegion(text)).toBe(code);
  });

  it('bears a name of several countries according to the country it is in', () => {
    expect(readRegion('Luxembourg', 'BE')).toBe('BE-WLX');
    expect(readRegion('Limburg', 'NL')).toBe('NL-LI');
    expect(readRegion('Limburg', 'BE')).toBe('BE-VLI');
  });

  it('holds its departments', () => {
    expect(isWithin('FR-69', 'FR-ARA')).toBe(true);
    expect(isWithin('FR-ARA', 'FR-69')).toBe(false);
    expect(regionAbove('FR-69')).toBe('FR-ARA');
    expect(regionLabel('FR-ARA')).toBe('Auvergne-Rhône-Alpes');
  });

  it.each([
    ['FR-ARA', 'Rhône', 'fit'],
    ['Auvergne-Rhône-Alpes', 'Rhône-Alpes', 'fit'],
    ['Île-de-France', 'Paris, Île-de-France', 'fit'],
    ['Bretagne', 'Brittany', 'fit'],
    // Who asks for Alsace does not mean Reims.
    ['Alsace', 'Grand Est', 'unfit'],
    ['Bretagne', 'Normandie', 'unfit'],
  ])('asked for as "%s", a prospect in "%s" is %s', (wanted, region, verdict) => {
    expect(judge({ regions: [wanted] }, { region, country: 'FR' }).verdict).toBe(verdict);
  });
});

describe('the segments of a prospect', () => {
  it('are codes where there are any, and bands of one kind whatever the source', () => {
    expect(
      segmentsOf({
        nafCode: '6201Z',
        industry: 'IT',
        headcount: '50-99',
        country: 'France',
        region: 'Rhône',
        title: 'Directrice commerciale',
      }),
    ).toEqual({
      ...{ industry: '62', headcount: '51–200', country: 'FR', region: 'FR-ARA' },
      ...{ jobFunction: 'sales', seniority: 'director' },
    });
    const bandOf = (headcount: string | number) => segmentsOf({ headcount }).headcount;
    expect(['11-50', '10-19', '250-499', '10001+', 7, 50, 51].map(bandOf)).toEqual([
      ...['11–50', '11–50', '201–500', '10001+', '1–10', '11–50', '51–200'],
    ]);
  });

  it('are unknown where nothing is told', () => {
    expect(Object.values(segmentsOf({}))).toEqual([null, null, null, null, null, null]);
  });
});
