import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AsNumber, AsTrimmed, Ids, Nested } from '../../shared/input-fields.js';
import { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';

export const testSizes = { least: 1, usual: 50, most: 500 } as const;

export class TestInput {
  @IsOptional() @AsNumber() @IsInt() @Min(testSizes.least) @Max(testSizes.most) size: number =
    testSizes.usual;
  /** Among whom the sample is drawn; among all new prospects when left out. */
  @IsOptional() @Nested(() => ProspectFilter) filter?: ProspectFilter;
  /** The draw can be made again with it; chosen for you when left out. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(60) seed?: string;
}

export class DecisionInput {
  @IsIn(['go', 'no_go']) decision!: 'go' | 'no_go';
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(1000) reason!: string;
}

export class ResultsInput {
  /** A version; all of them when left out. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
}

export class MigrationInput {
  /** Those to move among who can; all of them when left out. */
  @IsOptional()
  @Ids(5000)
  enrolmentIds?: string[];
}
