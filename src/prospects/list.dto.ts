import { ArrayMaxSize, IsArray, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { AsList, AsTrimmed } from '../shared/input-fields.js';

export class ListInput {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
}

/** Prospects acted on together: at most one page of 200 at a time is on a screen. */
export class MembersInput {
  @AsList()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @MaxLength(36, { each: true })
  prospectIds!: string[];
}
