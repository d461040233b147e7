import { IsOptional, IsString, MaxLength } from 'class-validator';

export class PortalPageQuery {
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}
