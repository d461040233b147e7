import { Column, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/*
 * The only place that says how a kind of value is stored. Instants are `timestamptz` on PostgreSQL and UTC text
 * on SQLite (see dialect.ts), JSON is text on both, days are `YYYY-MM-DD` text on both, so that they never shift
 * with a time zone.
 */

interface Optional {
  nullable?: boolean;
}

/** The primary key: a UUIDv7 made in code (`newId`). */
export function Id(): PropertyDecorator {
  return PrimaryColumn('varchar', { length: 36 });
}

/** The id of a row in another table, with its foreign key and an index. `whenGone` says what happens with it. */
export function Ref(
  target: () => new (...args: never[]) => object,
  options: Optional & { whenGone?: 'CASCADE' | 'SET NULL' | 'RESTRICT'; isIndexed?: boolean } = {},
): PropertyDecorator {
  return all(
    Column('varchar', { length: 36, nullable: options.nullable ?? false }),
    ForeignKey(target, { onDelete: options.whenGone ?? 'RESTRICT' }),
    ...(options.isIndexed === false ? [] : [Index()]),
  );
}

/** The id of a thing on a higher floor: no foreign key, since this floor does not know that table. */
export function LooseRef(options: Optional = {}): PropertyDecorator {
  return Column('varchar', { length: 36, nullable: options.nullable ?? false });
}

export function Text(options: Optional = {}): PropertyDecorator {
  return Column('text', { nullable: options.nullable ?? false });
}

export function Whole(options: Optional & { initially?: number } = {}): PropertyDecorator {
  return Column('integer', { nullable: options.nullable ?? false, default: options.initially });
}

/** Integer cents. */
export function Cents(options: Optional = {}): PropertyDecorator {
  return Column('bigint', { nullable: options.nullable ?? false });
}

export function Flag(options: { initially?: boolean } = {}): PropertyDecorator {
  return Column('boolean', { default: options.initially ?? false });
}

/** A moment, UTC. */
export function Instant(options: Optional = {}): PropertyDecorator {
  return Column('datetime', { nullable: options.nullable ?? false });
}

/** A calendar day, `YYYY-MM-DD`. */
export function Day(options: Optional = {}): PropertyDecorator {
  return Column('varchar', { length: 10, nullable: options.nullable ?? false });
}

/** One word of a closed list. */
export function Choice(options: Optional & { initially?: string } = {}): PropertyDecorator {
  return Column('varchar', { length: 40, nullable: options.nullable ?? false, default: options.initially });
}

/** A JSON document, read and written whole. */
export function Json(options: Optional = {}): PropertyDecorator {
  return Column('simple-json', { nullable: options.nullable ?? false });
}

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}
