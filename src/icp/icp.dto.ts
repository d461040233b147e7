import { Transform } from 'class-transformer';
import { IsArray, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AsList, AsNumber, AsTrimmed, Nested, together } from '../shared/input-fields.js';

/** A list of texts, or one text with a value a line. */
const Values = (): PropertyDecorator => together(IsOptional(), AsList(), IsArray(), IsString({ each: true }));

export class HeadcountInput {
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(10_000_000) min?: number | null;
  @IsOptional() @AsNumber() @IsInt() @Min(0) @Max(10_000_000) max?: number | null;
}

class CriteriaListsInput {
  @Values() industries?: string[];
  /** Codes or prefixes: "62" covers "62.01Z". */
  @Values() nafCodes?: string[];
  /** ISO codes, or names in French or English. */
  @Values() countries?: string[];
  @Values() regions?: string[];
  @Values() functions?: string[];
  @Values() seniorities?: string[];
  @Values() titleKeywords?: string[];
  @Values() technologies?: string[];
}

export class ExclusionsInput extends CriteriaListsInput {
  @Values() companyNames?: string[];
  @Values() domains?: string[];
}

export class IcpInput extends CriteriaListsInput {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
  @IsOptional() @Nested(() => HeadcountInput) headcount?: HeadcountInput | null;
  @IsOptional()
  @Nested(() => ExclusionsInput)
  exclusions?: ExclusionsInput | null;
}

/** The whole of an ICP: saving it again with other criteria makes a new version. */
export class IcpChangeInput extends IcpInput {
  /** The version the writer saw; a newer one is not overwritten. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
}

const AsHeadcount = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value));

/** A prospect made up to try an ICP on. */
export class JudgeInput {
  @IsOptional() @IsString() @MaxLength(200) companyName?: string;
  @IsOptional() @IsString() @MaxLength(300) domain?: string;
  @IsOptional() @IsString() @MaxLength(200) industry?: string;
  @IsOptional() @IsString() @MaxLength(20) nafCode?: string;
  /** "120", "51-200". */
  @IsOptional() @AsHeadcount() @IsString() @MaxLength(50) headcount?: string;
  @IsOptional() @IsString() @MaxLength(100) country?: string;
  @IsOptional() @IsString() @MaxLength(200) region?: string;
  @IsOptional() @IsString() @MaxLength(300) title?: string;
  @IsOptional() @IsString() @MaxLength(200) function?: string;
  @IsOptional() @IsString() @MaxLength(200) seniority?: string;
  @Values() technologies?: string[];
}
