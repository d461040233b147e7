import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AsFlag, AsNumber } from '../../shared/input-fields.js';
import { PAGE_LIMIT } from '../../shared/paging.js';
import { type OutboxShelf, outboxShelves } from './outbox-shelf.js';

export class OutboxQuery {
  @IsOptional() @IsIn(outboxShelves) shelf: OutboxShelf = 'waiting';
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
}

/** What somebody knows of a mail that may have left. */
export class MailConfirmation {
  @AsFlag() @IsBoolean() wasSent!: boolean;
}

export class WhyQuery {
  @IsOptional() @IsIn(['active', 'paused', 'finished']) state?: string;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(PAGE_LIMIT.most) limit?: number;
}
