import {
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  Min,
} from 'class-validator';
import { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import { AsNumber, Ids, Nested } from '../../shared/input-fields.js';
import { type ReleaseAct, releaseActs } from './colleague-release.entity.js';

/** Whom to enrol: the people named, or everybody a filter finds. */
export class EnrolmentInput {
  @IsOptional()
  @Ids(10_000)
  prospectIds?: string[];

  @IsOptional() @Nested(() => ProspectFilter) filter?: ProspectFilter;
}

/** Into which sequence one person goes. */
export class OneEnrolmentInput {
  @IsString() @IsNotEmpty() @MaxLength(36) sequenceId!: string;
}

/** How a due step ended. `position` and `attempt` say which one was on the screen. */
export class StepOutcomeInput {
  @IsString() @IsNotEmpty() @MaxLength(40) result!: string;
  @AsNumber() @IsInt() @Min(1) position!: number;
  @AsNumber() @IsInt() @Min(1) attempt!: number;
  @IsOptional() @IsString() @MaxLength(4000) note?: string;
}

/** What becomes of people who wait for a colleague's answer. */
export class ReleaseInput {
  @IsIn(releaseActs) act!: ReleaseAct;
  @ArrayNotEmpty() @Ids(200) enrolmentIds!: string[];
}

export class PauseInput {
  @IsOptional() @IsISO8601() until?: string;
  @IsOptional() @IsString() @MaxLength(400) reason?: string;
}
