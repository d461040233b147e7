import type { FieldProblems } from '../shared/errors.js';
import { draftReader } from './import/row-draft.js';
import type { CellProblem, ProspectDraft } from './import/prospect-draft.js';
import type { ProspectInput } from './prospect.dto.js';

const fields = [
  'firstName',
  'lastName',
  'email',
  'linkedinUrl',
  'phone',
  'mobilePhone',
  'title',
  'jobFunction',
  'seniority',
  'city',
  'region',
  'country',
  'timeZone',
  'companyName',
  'website',
  'industry',
  'headcount',
] as const satisfies readonly (keyof ProspectInput)[];

const problemAt: Record<CellProblem, [field: keyof ProspectInput, code: string]> = {
  bad_email: ['email', 'isEmail'],
  bad_phone: ['phone', 'prospects.badPhone'],
  bad_linkedin: ['linkedinUrl', 'prospects.badLinkedin'],
  bad_website: ['website', 'prospects.badWebsite'],
  bad_country: ['country', 'prospects.badCountry'],
  bad_time_zone: ['timeZone', 'prospects.badTimeZone'],
};

/**
 * What a person typed, read by the same rules as a row of a file; but where a file goes on without a cell it cannot
 * read, somebody who types is asked again.
 * @param country ISO code, for phones without one
 */
export function typedDraft(
  input: ProspectInput,
  country: string | null,
): { draft: ProspectDraft; problems: FieldProblems } {
  const header = { source: 'unknown' as never, idPrefix: 'manual', mapping: [...fields] };
  const cells = fields.map((field) => input[field] ?? '');
  const draft = draftReader(header, { defaultCountry: country })(cells);
  const problems: FieldProblems = {};
  for (const warning of draft.warnings) {
    const [field, code] = problemAt[warning];
    problems[warning === 'bad_phone' && !input.phone ? 'mobilePhone' : field] = code;
  }
  if (Object.keys(problems).length === 0 && draft.problem !== null)
    problems['email'] = 'prospects.noIdentity';
  return { draft: { ...draft, custom: customOf(input) }, problems };
}

function customOf({ custom }: ProspectInput): Record<string, string> {
  return Object.fromEntries(
    Object.entries(custom ?? {}).filter(([, value]) => typeof value === 'string' && value !== ''),
  );
}
