import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { type FieldProblems, InvalidInput, NotAllowed } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { readInput } from '../../shared/read-input.js';
import { type Assumption, partialQuestion } from './assumption-sheet.js';
import { type AssumptionValue, readAssumption } from './assumption-text.js';
import { CostAssumption } from './cost-assumption.entity.js';
import type { AssumptionInput, AssumptionsInput } from './cost-assumptions.dto.js';
import { CostComparisonInput } from './cost-comparison.dto.js';
import { costInput } from './cost-inputs.js';
import { mayEditAssumptions } from './cost.policy.js';
import { sheetOf } from './cost-sheet.queries.js';

interface ReadAssumption {
  side: string;
  input: string;
  value: unknown;
  source: string | null;
  standing: 'hypothesis' | 'confirmed';
}

/** What the comparison of a client rests on. Appended, never edited: an old report can be explained. */
@Injectable()
export class CostAssumptions {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Enters what differs from the sheet in force; gives the sheet after it.
   * @throws InvalidInput naming `items.<n>.value`; NotFound; NotAllowed for who is not an account manager
   */
  enter(actor: Actor, clientId: string, { items }: AssumptionsInput): Promise<Assumption[]> {
    return this.database.write(async (tx) => {
      const client = await loadClient(tx, actor, clientId);
      if (!mayEditAssumptions(actor)) throw new NotAllowed();
      const read = readItems(items, actor.locale);
      const before = await sheetOf(tx, client, this.clock.now());
      const changed = read.filter((one) => differs(one, before));
      if (changed.length === 0) return before;
      for (const { side, input, source, standing, ...one } of changed) {
        const value = one.value as AssumptionValue;
        const row = { id: newId(), clientId, side, input, value, source, standing };
        await tx.entities.insert(CostAssumption, {
          ...row,
          createdBy: actor.userId,
          createdAt: this.clock.now(),
        });
      }
      await this.audit.record(tx, actor, {
        act: 'cost.assumed',
        subjectType: 'client',
        subjectId: clientId,
        clientId,
        details: { inputs: changed.map(({ side, input }) => `${side}.${input}`) },
      });
      return sheetOf(tx, client, this.clock.now());
    });
  }
}

/** Each value as the model takes it, checked by the very rules of `POST /cost-comparisons`. */
function readItems(items: readonly AssumptionInput[], locale: string): ReadAssumption[] {
  const problems: FieldProblems = {};
  const read = items.map((item, index) => {
    const of = costInput(item.side, item.input);
    const value = of ? readAssumption(of, item.value, locale) : undefined;
    if (!of) problems[`items.${index}.input`] = 'isIn';
    else if (value === undefined)
      problems[`items.${index}.value`] = isBlank(item.value) ? 'isNotEmpty' : 'invalid';
    const standing = item.isConfirmed ? ('confirmed' as const) : ('hypothesis' as const);
    return { side: item.side, input: item.input, value, source: item.source || null, standing };
  });
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  try {
    readInput(CostComparisonInput, partialQuestion(read));
  } catch (error) {
    if (error instanceof InvalidInput) throw new InvalidInput(byItem(error.fields, read));
    throw error;
  }
  return read;
}

/** `agency.setupCents` → `items.3.value`. */
function byItem(fields: FieldProblems, read: readonly ReadAssumption[]): FieldProblems {
  const entries = Object.entries(fields).map(([path, problem]) => {
    const index = read.findIndex(
      ({ side, input }) => path === (side === 'both' ? input : `${side}.${input}`),
    );
    return [index < 0 ? path : `items.${index}.value`, problem] as const;
  });
  return Object.fromEntries(entries);
}

function differs(one: ReadAssumption, sheet: readonly Assumption[]): boolean {
  const now = sheet.find(({ side, input }) => side === one.side && input === one.input)!;
  if (JSON.stringify(now.value) !== JSON.stringify(one.value)) return true;
  return one.source !== now.source || one.standing !== now.standing;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
