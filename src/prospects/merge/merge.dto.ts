import { IsIn, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { AsNumber, Nested, together } from '../../shared/input-fields.js';
import type { MergeField, Side } from './merged-fields.js';

const SIDES = ['survivor', 'other'] as const;
const FromSide = (): PropertyDecorator => together(IsOptional(), IsIn(SIDES));

/** From which side each field comes; what is left out comes from the survivor where it is filled. */
export class TakeInput implements Partial<Record<MergeField, Side>> {
  @FromSide() name?: Side;
  @FromSide() company?: Side;
  @FromSide() title?: Side;
  @FromSide() email?: Side;
  @FromSide() linkedin?: Side;
  @FromSide() phone?: Side;
  @FromSide() mobilePhone?: Side;
  @FromSide() jobFunction?: Side;
  @FromSide() seniority?: Side;
  @FromSide() place?: Side;
  @FromSide() owner?: Side;
  /** Custom fields are united; this side's stay where both have one. */
  @FromSide() custom?: Side;
}

export class MergeInput {
  /** The prospect that goes; its facts, lists and oppositions come along. */
  @IsString() @MaxLength(36) otherId!: string;
  @IsOptional() @Nested(() => TakeInput) take?: TakeInput;
  /** The versions that were on the screen; when somebody changed either since, the merge is refused. */
  @IsOptional() @AsNumber() @IsInt() @Min(1) version?: number;
  @IsOptional() @AsNumber() @IsInt() @Min(1) otherVersion?: number;
}

/** Two prospects who are not one person. */
export class DistinctInput {
  @IsString() @MaxLength(36) firstId!: string;
  @IsString() @MaxLength(36) secondId!: string;
}

export class DuplicatesQuery {
  @IsOptional() @AsNumber() @IsInt() @Min(1) limit?: number;
  @IsOptional() @IsString() @MaxLength(1000) cursor?: string;
}
