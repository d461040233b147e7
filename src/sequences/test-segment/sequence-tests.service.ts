import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { requireNewWork } from '../../clients/clients.policy.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { Conflict, IllegalMove, NotAllowed } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { type EnrolmentResult, Enrolments } from '../enrolments/enrolments.service.js';
import { countReasons } from '../enrolments/enrolment-guard.js';
import { everybodyIn } from '../enrolments/prospect-choice.queries.js';
import { SequenceDiary } from '../sequence-diary.service.js';
import { Sequence, SequenceVersion } from '../sequence.entity.js';
import { loadApproved, loadSequence, loadVersion, lockSequence } from '../sequence-loading.queries.js';
import { enrolledIn, openTestOf, testFigures } from '../sequence-reach.queries.js';
import { stateOfWriting } from '../sequence-states.js';
import { SequenceTest } from './sequence-test.entity.js';
import type { DecisionInput, TestInput } from './sequence-test.dto.js';
import { mayMoveSequence } from '../sequences.policy.js';
import type { TestFigures } from './test-figures.js';
import { drawOrder } from './test-sample.js';
import { VersionHolds } from '../approval/version-holds.service.js';

/** Trying a sequence on a drawn sample, and saying GO or NO-GO on what came of it. */
@Injectable()
export class SequenceTests {
  constructor(
    private readonly database: Database,
    private readonly enrolments: Enrolments,
    private readonly diary: SequenceDiary,
    private readonly holds: VersionHolds,
    private readonly clock: Clock,
  ) {}

  /**
   * Draws people in the order of the seed and enrols them until enough got past the guard. A start that was cut off goes on
   * as it began, whatever is asked now.
   * @throws IllegalMove before an approval; Conflict while another test waits for its decision, with nobody to draw, or
   * when the guard lets nobody of those drawn in
   */
  async start(actor: Actor, id: string, input: TestInput): Promise<EnrolmentResult & { test: SequenceTest }> {
    const begun = await this.database.read((db) => cutOffTest(db, actor, id));
    if (begun) return this.enrolDrawn(actor, id, begun);
    const choice = input.filter ?? { status: 'new' };
    const drawn = await this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, id);
      await requireTestable(db, actor, sequence);
      return everybodyIn(db, actor, sequence.clientId, choice);
    });
    if (drawn.length === 0) throw new Conflict('sequences.nobodyToTest');
    const seed = input.seed || newId().slice(-8);
    const order = drawOrder(drawn, seed);
    const shut = await this.enrolments.shutOut(actor, id, order);
    if (shut !== null)
      throw new Conflict('sequences.nobodyAdmitted', { n: order.length, ...countReasons(shut) });
    const test = await this.database.write((tx) =>
      this.open(tx, actor, id, { size: input.size, seed, choice, drawnFrom: drawn.length }),
    );
    return this.enrolDrawn(actor, id, test, order);
  }

  /** `enrolled` is written at the end: until then the test is one that was, or is being, begun. */
  private async enrolDrawn(
    actor: Actor,
    id: string,
    test: SequenceTest,
    order?: readonly string[],
  ): Promise<EnrolmentResult & { test: SequenceTest }> {
    const rest = order ?? (await this.database.read((db) => drawnLeft(db, actor, test)));
    const result = await this.enrolments.enrolUntil(actor, id, rest, { testId: test.id, wanted: test.size });
    test.enrolled = await this.database.write(async (tx) => {
      const enrolled = await enrolledIn(tx, test.id);
      await tx.run(sql`UPDATE sequence_test SET enrolled = ${enrolled} WHERE id = ${test.id}`);
      return enrolled;
    });
    return { ...result, enrolled: test.enrolled, test };
  }

  private async open(
    tx: Tx,
    actor: Actor,
    id: string,
    wish: Pick<SequenceTest, 'size' | 'seed' | 'choice' | 'drawnFrom'>,
  ): Promise<SequenceTest> {
    const { sequence } = await lockSequence(tx, actor, id);
    await requireTestable(tx, actor, sequence);
    requireNewWork(await tx.entities.findOneByOrFail(Client, { id: sequence.clientId }));
    const version = await loadApproved(tx, sequence);
    const test = tx.entities.create(SequenceTest, {
      id: newId(),
      sequenceId: id,
      sequenceVersionId: version.id,
      version: version.version,
      ...wish,
      enrolled: 0,
      startedBy: actor.userId || null,
      startedAt: this.clock.now(),
      decision: null,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      figures: null,
    });
    await tx.entities.insert(SequenceTest, test);
    sequence.state = 'testing';
    await tx.entities.save(Sequence, sequence);
    const details = { size: test.size, drawnFrom: test.drawnFrom, seed: test.seed };
    await this.diary.note(tx, actor, sequence, 'test_started', { version: test.version, details });
    return test;
  }

  /**
   * GO opens the launch; NO-GO takes the approval back, stops everybody on the way with that version and leaves the texts to be rewritten.
   * @throws IllegalMove when no test waits for a decision; Conflict on a GO for a test nobody got into
   */
  decide(actor: Actor, id: string, input: DecisionInput): Promise<SequenceTest> {
    return this.database.write(async (tx) => {
      const { sequence, version: newest } = await lockSequence(tx, actor, id);
      if (!mayMoveSequence(actor, 'decide')) throw new NotAllowed('sequences.managersOnly');
      const test = await openTestOf(tx, id);
      if (!test) throw new IllegalMove(sequence.state, input.decision, []);
      const figures = await testFigures(tx, test);
      // All who were drawn may have entered elsewhere between the look at them and their enrolment.
      if (input.decision === 'go' && figures.enrolled === 0) throw new Conflict('sequences.nobodyTested');
      Object.assign(test, {
        decision: input.decision,
        decidedBy: actor.userId || null,
        decidedAt: this.clock.now(),
        reason: input.reason,
        figures,
        enrolled: test.enrolled || figures.enrolled,
      });
      await tx.entities.save(SequenceTest, test);
      if (input.decision === 'no_go') await this.stop(tx, sequence, newest, test);
      await this.diary.note(tx, actor, sequence, input.decision, {
        version: test.version,
        reason: input.reason,
        details: { ...test.figures },
      });
      return test;
    });
  }

  /** The figures of the test that waits for its decision, as they stand; null when none does. */
  figuresOf(actor: Actor, id: string): Promise<TestFigures | null> {
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      const test = await openTestOf(db, id);
      return test && testFigures(db, test);
    });
  }

  private async stop(tx: Tx, sequence: Sequence, newest: SequenceVersion, test: SequenceTest): Promise<void> {
    const tested = await loadVersion(tx, sequence, test.version);
    if (tested.version === newest.version) newest.state = 'draft';
    else tested.state = 'draft';
    await tx.entities.save(SequenceVersion, tested.version === newest.version ? newest : tested);
    await this.holds.hold(tx, tested.id, 'no_go');
    sequence.approvedVersion = newest.state === 'approved' ? newest.version : null;
    sequence.state = stateOfWriting(newest.state);
    await tx.entities.save(Sequence, sequence);
  }
}

/** The test that waits for its decision and was never begun to its end. */
async function cutOffTest(db: Db, actor: Actor, id: string): Promise<SequenceTest | null> {
  const { sequence } = await loadSequence(db, actor, id);
  if (!mayMoveSequence(actor, 'test')) throw new NotAllowed();
  const test = await openTestOf(db, id);
  return sequence.state === 'testing' && test?.enrolled === 0 ? test : null;
}

/** Those of its draw who are not in it yet, in its order. */
async function drawnLeft(
  db: Db,
  actor: Actor,
  { id, sequenceId, choice, seed }: SequenceTest,
): Promise<string[]> {
  const { sequence } = await loadSequence(db, actor, sequenceId);
  const drawn = await everybodyIn(db, actor, sequence.clientId, choice);
  const inside = await db.rows(sql`SELECT prospect_id FROM enrolment WHERE test_id = ${id}`, {
    prospectId: text,
  });
  const known = new Set(inside.map(({ prospectId }) => prospectId));
  return drawOrder(
    drawn.filter((one) => !known.has(one)),
    seed,
  );
}

async function requireTestable(db: Db, actor: Actor, { id, state }: Sequence): Promise<void> {
  if (!mayMoveSequence(actor, 'test')) throw new NotAllowed();
  if (state !== 'approved' && state !== 'testing') throw new IllegalMove(state, 'testing', []);
  if (await openTestOf(db, id)) throw new Conflict('sequences.testRunning');
}
