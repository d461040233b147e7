import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LOCALES, type Locale } from '../accounts/actor.js';
import { channels, type Channel } from '../outreach/touches/outcomes.js';
import { AsNumber } from '../shared/input-fields.js';
import { longestTemplate } from './writing/read-template.js';
import { stepLimits } from './writing/step-check.js';

export class VariantInput {
  @IsOptional() @IsString() @MaxLength(500) subject?: string;
  @IsOptional() @IsString() @MaxLength(longestTemplate) body?: string;
}

export class StepInput {
  /** Kept from one version to the next, so that results stay with their step; absent on a new step. */
  @IsOptional() @IsString() @MaxLength(36) id?: string;
  @AsNumber() @IsInt() @Min(0) @Max(stepLimits.lastDay) day!: number;
  @IsIn(channels) channel!: Channel;
  @IsArray()
  @ArrayMaxSize(stepLimits.variants)
  @ValidateNested({ each: true })
  @Type(() => VariantInput)
  variants!: VariantInput[];
}

export class SequenceInput {
  /** Language of the messages; the client's unless said. */
  @IsOptional() @IsIn(LOCALES) locale?: Locale;
  @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
  @IsArray()
  @ArrayMaxSize(stepLimits.steps)
  @ValidateNested({ each: true })
  @Type(() => StepInput)
  steps!: StepInput[];
}

export class SequenceChangeInput {
  @IsOptional() @IsIn(LOCALES) locale?: Locale;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(120) name?: string;
  @IsArray()
  @ArrayMaxSize(stepLimits.steps)
  @ValidateNested({ each: true })
  @Type(() => StepInput)
  steps!: StepInput[];
  /** The version the writer saw; a newer one is not overwritten. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  /** The texts the writer saw, by their seal: a draft is saved in its place, so that its version does not tell. */
  @IsOptional() @IsString() @MaxLength(64) seal?: string;
}

/** How much of a sequence may go in a day. */
export class SequenceLimitInput {
  /** Mails in any 24 h over all mailboxes; null or left out: only the mailboxes' own limits count. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(1000) dailyCap?: number | null;
}

/** On whom a text is tried; somebody likely when left out. */
export class PreviewInput {
  @IsOptional() @IsString() @MaxLength(36) prospectId?: string;
}
