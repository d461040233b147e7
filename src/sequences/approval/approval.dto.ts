import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { AsNumber, AsTrimmed, together } from '../../shared/input-fields.js';
import { stepLimits } from '../writing/step-check.js';

export class CommentInput {
  /** The step it is about; the whole sequence when left out. */
  @IsOptional() @IsString() @MaxLength(36) stepId?: string;
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(2000) text!: string;
}

/** At most one on each step, and one on the whole. */
const Comments = (): PropertyDecorator =>
  together(
    IsArray(),
    ArrayMaxSize(stepLimits.steps + 1),
    ValidateNested({ each: true }),
    Type(() => CommentInput),
  );

/** All that was written beside the texts. */
export class CommentsInput {
  @ArrayNotEmpty() @Comments() comments!: CommentInput[];
}

/** What was read. A newer version is not answered unread, nor the same one with other words. */
export class SeenText {
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  /** The seal that stood with the texts; one that was submitted again may have another notice. */
  @IsOptional() @IsString() @MaxLength(64) seal?: string;
  /** Remarks that go with the answer: kept with it, or not at all. */
  @IsOptional() @Comments() comments?: CommentInput[];
}

export class ApprovalInput extends SeenText {
  /** How a manager who approves on the client's behalf knows; a client needs none. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(1000) reason?: string;
}

export class RefusalInput extends SeenText {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(1000) reason!: string;
}

/** Why something was done. */
export class ReasonInput {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(1000) reason?: string;
}
