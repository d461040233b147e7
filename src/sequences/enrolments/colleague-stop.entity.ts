import { Entity, PrimaryColumn } from 'typeorm';

/**
 * An enrolment that is to wait since a colleague answered: written in the transaction of the status that says so, gone once
 * it waits. Usually empty; whatever a crash leaves here sends nothing, and is taken up by the engine.
 */
@Entity({ withoutRowid: true })
export class ColleagueStop {
  @PrimaryColumn('varchar', { length: 36 }) enrolmentId!: string;
  /** The change of status. */
  @PrimaryColumn('varchar', { length: 36 }) factId!: string;
}
