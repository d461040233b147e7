import { ArrayNotEmpty, ArrayUnique, IsBoolean, IsOptional } from 'class-validator';
import { AsFlag, Ids } from '../../shared/input-fields.js';

/** At which clients the prospects go, and to whom. */
export class HandOverInput {
  @ArrayNotEmpty()
  @ArrayUnique()
  @Ids(500)
  clientIds!: string[];

  /** Several take turns. */
  @IsOptional()
  @ArrayUnique()
  @Ids(50)
  toIds?: string[];

  /** To nobody, on purpose. */
  @IsOptional() @AsFlag() @IsBoolean() isFreed?: boolean;
}
