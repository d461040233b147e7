import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { ImportRunner } from '../../src/prospects/import/import-runner.service.js';
import type { ImportOutput } from '../../src/prospects/import/import.dto.js';
import type { Caller } from './caller.js';
import type { World } from './world.js';

/** A file of test/imports/ok. */
export function goodFile(name: string): { name: string; content: Buffer } {
  const file = name.includes('.') ? name : `${name}.csv`;
  return { name: file, content: readFileSync(new URL(`../imports/ok/${file}`, import.meta.url)) };
}

export const sheet = (...lines: string[]): { name: string; content: string } => ({
  name: 'liste.csv',
  content: `${lines.join('\n')}\n`,
});

/** Brings a file in through the API and waits until the import rests. */
export async function bringIn(
  world: World,
  actor: Actor,
  clientId: string,
  file: { name: string; content: string | Buffer },
  fields: Record<string, string> = {},
): Promise<ImportOutput> {
  const api = await world.api(actor);
  const answer = await api.upload(`/clients/${clientId}/imports`, file, fields);
  expect(answer.status, answer.text).toBe(202);
  const { id } = answer.body as { id: string };
  await world.get(ImportRunner).finished(id);
  return outcomeOf(api, id);
}

export async function outcomeOf(api: Caller, id: string): Promise<ImportOutput> {
  return (await api.get(`/imports/${id}`)).body as ImportOutput;
}
