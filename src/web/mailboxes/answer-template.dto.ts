import { IsIn, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import { LOCALES, type Locale } from '../../accounts/actor.js';
import { highestLimit } from '../../outreach/touches/daily-pace.js';
import { AsNumber, AsTrimmed } from '../../shared/input-fields.js';

export class AnswerTemplateForm {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
  @IsIn(LOCALES) locale!: Locale;
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(10_000) body!: string;
}

/** How often one person may do it in a day. */
export class PaceForm {
  @AsNumber() @IsInt() @Min(1) @Max(highestLimit) linkedin_invite!: number;
  @AsNumber() @IsInt() @Min(1) @Max(highestLimit) linkedin_message!: number;
  @AsNumber() @IsInt() @Min(1) @Max(highestLimit) call!: number;
}
