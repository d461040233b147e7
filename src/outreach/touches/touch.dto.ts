import { IsIn, IsISO8601, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { AsTrimmed } from '../../shared/input-fields.js';
import { channels, type Channel } from './outcomes.js';

/** An action done outside any sequence. `kind` names it and may itself be the outcome; `result` is the outcome otherwise. */
export class TouchInput {
  @IsIn(channels) channel!: Channel;
  @IsString() @IsNotEmpty() @MaxLength(40) kind!: string;
  /** When it was done; now when left out. Without a zone it is read on the agency's clock. */
  @IsOptional() @IsISO8601({ strict: true }) at?: string;
  @IsOptional() @IsString() @MaxLength(40) result?: string;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(4000) note?: string;
  /** Made with the form: the second of two clicks finds what the first wrote. */
  @IsOptional() @IsString() @MaxLength(64) clickKey?: string;
}
