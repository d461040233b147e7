import { raw, type Sql } from 'sql-template-tag';
import {
  type Cells,
  instant,
  integer,
  json,
  maybe,
  type Shape,
  snakeCase,
  text,
  word,
} from '../database/rows.js';
import type { Fit } from './search/prospect-list.dto.js';
import type { FitReason } from './prospect.entity.js';
import type { ProspectStatus } from './status/status.js';

/*
 * The columns of a prospect by what they are for, each named once; how a cell is read follows from the name.
 */

/** Who it is. */
export const PERSON = {
  firstName: maybe(text),
  lastName: maybe(text),
  fullName: text,
  email: maybe(text),
  emailStatus: maybe(text),
  linkedinUrl: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  title: maybe(text),
  jobFunction: maybe(text),
  seniority: maybe(text),
  city: maybe(text),
  region: maybe(text),
  country: maybe(text),
  timeZone: maybe(text),
  companyId: maybe(text),
  companyName: maybe(text),
  custom: maybe(json<Record<string, string>>()),
};

/** The four keys it is known by. */
export const KEYS = {
  externalKey: maybe(text),
  emailKey: maybe(text),
  linkedinKey: maybe(text),
  nameKey: maybe(text),
};

/** Where it stands. */
export const STANDING = {
  status: word<ProspectStatus>(),
  statusAt: instant,
  statusUntil: maybe(text),
  ownerId: maybe(text),
};

/** The verdict of the client's ICP; the reasons as stored. */
export const VERDICT = {
  icpVersionId: maybe(text),
  fit: maybe(word<Fit>()),
  fitScore: maybe(integer),
  fitReasons: maybe(json<FitReason[]>()),
};

/** The row itself. */
export const RECORD = {
  source: text,
  importId: maybe(text),
  createdAt: instant,
  updatedAt: instant,
  lastActivityAt: instant,
  version: integer,
};

/** Some columns of a shape. */
export function pick<T extends Cells, K extends keyof T>(shape: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, shape[name]])) as Pick<T, K>;
}

/** The columns of a shape, as they stand after SELECT. */
export function columnsOf<T>(shape: Shape<T>, prefix = ''): Sql {
  return raw(
    Object.keys(shape)
      .map((name) => prefix + snakeCase(name))
      .join(', '),
  );
}
