import { IsInt, IsNotEmpty, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { AsNumber, AsTrimmed } from '../../shared/input-fields.js';

/** What was read. A newer version is not answered unread, nor the same one with other words. */
export class SeenText {
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  /** The seal that stood with the texts; one that was submitted again may have another notice. */
  @IsOptional() @IsString() @MaxLength(64) seal?: string;
}

export class ApprovalInput extends SeenText {
  /** How a manager who approves on the client's behalf knows; a client needs none. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(1000) reason?: string;
}

export class RefusalInput extends SeenText {
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
