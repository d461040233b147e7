import { KEY_KINDS, type KeyKind } from './identity-keys.js';
import type { ProspectDraft } from './prospect-draft.js';
import type { KnownProspect } from './row-decision.js';

/** A key somebody else has: none that a row could hold. */
const OTHER = '\0';
const FIRST_SIZE = 2 ** 12;

/**
 * What a dry run would have created, in some hundred bytes a person: 200,000 people whole would not fit beside a
 * server. Keys are kept as numbers of 53 bits; in a full file the chance that two of them fall together is one in
 * 20,000, and what it would cost is one row counted wrongly in a preview.
 */
export class ImaginedRows {
  /** Open addressing: a key's number, and beside it the person who holds it. */
  private numbers = new Float64Array(FIRST_SIZE);
  private holders = new Uint32Array(FIRST_SIZE);
  private used = 0;
  private readonly names: string[] = [];
  /** Four a person; 0: none. */
  private readonly keys: number[] = [];

  add(draft: Pick<ProspectDraft, 'keys' | 'person'>): void {
    const { firstName, lastName } = draft.person;
    const person = this.names.push(`${firstName ?? ''}\n${lastName ?? ''}`) - 1;
    for (const kind of KEY_KINDS) {
      const key = draft.keys[kind];
      const number = key === null ? 0 : numberOf(kind, key);
      this.keys.push(number);
      if (number !== 0) this.put(number, person);
    }
  }

  /** @param asking the row that holds the key: the person is described as far as that row can tell */
  holderOf(
    kind: KeyKind,
    key: string,
    asking: Pick<ProspectDraft, 'keys'>,
    importId: string,
  ): KnownProspect | undefined {
    if (this.used === 0) return undefined;
    const place = this.placeOf(numberOf(kind, key));
    if (this.numbers[place] === 0) return undefined;
    const person = this.holders[place]!;
    const [firstName, lastName] = this.names[person]!.split('\n') as [string, string];
    const keys = Object.fromEntries(
      KEY_KINDS.map((one, at) => {
        const number = this.keys[person * KEY_KINDS.length + at]!;
        const mine = asking.keys[one];
        return [one, number === 0 ? null : mine !== null && numberOf(one, mine) === number ? mine : OTHER];
      }),
    );
    return {
      ...NOBODY,
      id: `imagined ${person}`,
      firstName: firstName || null,
      lastName: lastName || null,
      keys: keys as KnownProspect['keys'],
      importId,
    };
  }

  private put(number: number, person: number): void {
    const place = this.placeOf(number);
    if (this.numbers[place] !== 0) return;
    this.numbers[place] = number;
    this.holders[place] = person;
    this.used += 1;
    if (this.used * 2 > this.numbers.length) this.grow();
  }

  /** Where a number stands, or would stand. */
  private placeOf(number: number): number {
    const size = this.numbers.length;
    let place = number % size;
    while (this.numbers[place] !== 0 && this.numbers[place] !== number) place = (place + 1) % size;
    return place;
  }

  private grow(): void {
    const [numbers, holders] = [this.numbers, this.holders];
    this.numbers = new Float64Array(numbers.length * 2);
    this.holders = new Uint32Array(numbers.length * 2);
    numbers.forEach((number, at) => {
      if (number === 0) return;
      const place = this.placeOf(number);
      this.numbers[place] = number;
      this.holders[place] = holders[at]!;
    });
  }
}

const NOBODY: Omit<KnownProspect, 'id' | 'keys' | 'importId'> = {
  firstName: null,
  lastName: null,
  fullName: '',
  email: null,
  emailStatus: null,
  linkedinUrl: null,
  phone: null,
  mobilePhone: null,
  title: null,
  jobFunction: null,
  seniority: null,
  city: null,
  region: null,
  country: null,
  timeZone: null,
  companyId: null,
  companyName: null,
  custom: null,
  status: 'new',
  version: 1,
  judged: { icpVersionId: null, fit: null, fitScore: null, fitReasons: null },
};

/** 53 bits of a text, never 0 (cyrb53, public domain). */
function numberOf(kind: KeyKind, key: string): number {
  let [one, other] = [0xdeadbeef ^ kind.length, 0x41c6ce57 ^ kind.charCodeAt(0)];
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    other = Math.imul(other ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 4294967296 * (2097151 & other) + (one >>> 0) || 1;
}
