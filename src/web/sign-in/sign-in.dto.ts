import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { LOCALES, type Locale } from '../../accounts/actor.js';
import { AsTrimmed } from '../../shared/input-fields.js';

export class SignInForm {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(320) email!: string;
  @IsNotEmpty() @IsString() @MaxLength(1000) password!: string;
  /** Where to go on to. */
  @IsOptional() @IsString() @MaxLength(2000) next?: string;
}

export class SetupForm {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) agencyName!: string;
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name!: string;
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(320) email!: string;
  @IsNotEmpty() @IsString() @MaxLength(1000) password!: string;
  @IsIn(LOCALES) locale!: Locale;
}

export class NewPasswordForm {
  @IsNotEmpty() @IsString() @MaxLength(1000) password!: string;
}
