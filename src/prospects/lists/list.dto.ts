import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { AsTrimmed, Ids } from '../../shared/input-fields.js';

export class ListInput {
  @AsTrimmed() @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
}

/** Prospects acted on together: at most one page of 200 at a time is on a screen. */
export class MembersInput {
  @Ids(1000)
  prospectIds!: string[];
}
