import { IsInt, IsNotEmpty, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { AsNumber, AsTrimmed } from '../shared/input-fields.js';

export class ApprovalInput {
  /** The version that was read; a newer one is not approved unread. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  /** How a manager who approves on the client's behalf knows; a client needs none. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(1000) reason?: string;
}

export class RefusalInput {
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(1000) reason!: string;
}

export class CommentInput {
  /** The step it is about; the whole sequence when left out. */
  @IsOptional() @IsString() @MaxLength(36) stepId?: string;
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(2000) text!: string;
}

/** Why something was done. */
export class ReasonInput {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(1000) reason?: string;
}
