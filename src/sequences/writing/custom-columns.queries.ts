import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer, json } from '../../database/rows.js';
import { columnOf } from './merge-fields.js';
import { fieldsNamed, readTemplate } from './read-template.js';

/** Columns the newest prospects of a client brought, by name. */
export async function customColumns(db: Db, clientId: string): Promise<string[]> {
  const rows = await db.rows(
    sql`SELECT custom FROM prospect WHERE client_id = ${clientId} AND custom IS NOT NULL ORDER BY id DESC LIMIT 50`,
    { custom: json<Record<string, string>>() },
  );
  return [...new Set(rows.flatMap(({ custom }) => Object.keys(custom)))].sort().slice(0, 30);
}

/** The columns these texts may name: those of the newest prospects, and those they name that an older file brought. */
export async function columnsOf(
  db: Db,
  clientId: string,
  steps: readonly { variants: readonly { subject?: string; body?: string }[] }[],
): Promise<string[]> {
  const columns = await customColumns(db, clientId);
  for (const column of columnsNamed(steps)) {
    if (!columns.includes(column) && (await isBrought(db, clientId, column))) columns.push(column);
  }
  return columns;
}

function columnsNamed(steps: Parameters<typeof columnsOf>[2]): string[] {
  const texts = steps.flatMap(({ variants }) =>
    variants.flatMap(({ subject, body }) => [subject ?? '', body ?? '']),
  );
  const columns = texts.flatMap((text) => fieldsNamed(readTemplate(text).nodes).map(columnOf));
  return [...new Set(columns.filter((column) => column !== null))].slice(0, 20);
}

async function isBrought(db: Db, clientId: string, column: string): Promise<boolean> {
  const found = await db.row(
    sql`SELECT 1 AS n FROM prospect WHERE client_id = ${clientId}
        AND ${db.dialect.contains(sql`custom`, `${JSON.stringify(column)}:`)} LIMIT 1`,
    { n: integer },
  );
  return found !== null;
}
