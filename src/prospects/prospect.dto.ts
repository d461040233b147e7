import { IsInt, IsNotEmpty, IsObject, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { AsNumber, AsTrimmed } from '../shared/input-fields.js';

/** A person at a company. On an edit, what is left out stays as it is, and an empty text or null empties the field. */
export class ProspectInput {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(120) firstName?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(120) lastName?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(320) email?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(300) linkedinUrl?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(60) phone?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(60) mobilePhone?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(300) title?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) jobFunction?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(100) seniority?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(120) city?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(120) region?: string | null;
  /** A name in French or English, or the ISO code. */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(80) country?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(60) timeZone?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) companyName?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(300) website?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) industry?: string | null;
  /** A number or a band ("51-200"). */
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(60) headcount?: string | null;
  @IsOptional() @IsObject() custom?: Record<string, string>;
}

export class ProspectEdit extends ProspectInput {
  /** The version on the screen; when somebody changed the prospect since, the edit is refused. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
}

export class NoteInput {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(4000) note!: string;
}

export class OwnerInput {
  /** A person of the agency who works for the client; null frees the prospect. */
  @IsOptional() @IsString() @MaxLength(36) ownerId?: string | null;
}
