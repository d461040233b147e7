import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { LOCALES, type Locale, type Role, ROLES } from '../../accounts/actor.js';
import { LeaveInput } from '../people/team-leave.dto.js';
import { AsList, AsTrimmed } from '../../shared/input-fields.js';

export class InviteForm {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name!: string;
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(320) email!: string;
  @IsIn(ROLES) role!: Role;
  /** The client of a client's person. */
  @IsOptional() @IsUUID() clientId?: string;
  @IsOptional() @IsIn(LOCALES) locale?: Locale;
}

export class PersonForm extends LeaveInput {
  @IsIn(ROLES) role!: Role;
  /** Everything they work for: those left out are taken away. */
  @AsList()
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @IsUUID(undefined, { each: true })
  clientIds?: string[];
}

export class TokenForm {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(100) name!: string;
  @IsOptional() @IsUUID() clientId?: string;
}

export class TrailQuery {
  @IsOptional() @IsString() @MaxLength(40) person?: string;
  @IsOptional() @IsString() @MaxLength(40) about?: string;
  @IsOptional() @IsString() @MaxLength(40) client?: string;
  @IsOptional() @IsString() @MaxLength(10) from?: string;
  @IsOptional() @IsString() @MaxLength(10) to?: string;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

export class NameForm {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name!: string;
}

export class PasswordForm {
  @IsNotEmpty() @IsString() @MaxLength(1000) current!: string;
  @IsNotEmpty() @IsString() @MaxLength(1000) password!: string;
}

export class LanguageForm {
  @IsIn(LOCALES) locale!: Locale;
  @IsOptional() @IsString() @MaxLength(2000) next?: string;
}

export class ThemeForm {
  @Matches(/^(light|dark|system)$/) theme!: 'light' | 'dark' | 'system';
  @IsOptional() @IsString() @MaxLength(2000) next?: string;
}
