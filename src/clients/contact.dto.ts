import { IsBoolean, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { AsFlag, AsTrimmed } from '../shared/input-fields.js';
import type { Contact } from './contact.entity.js';

class ContactDetails {
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(320) email?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(50) phone?: string | null;
  @IsOptional() @AsTrimmed() @IsString() @MaxLength(200) title?: string | null;
  /** Receives the meetings that are booked; true unless said. */
  @IsOptional() @AsFlag() @IsBoolean() isHost?: boolean;
}

export class ContactInput extends ContactDetails {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name!: string;
}

export class ContactChangeInput extends ContactDetails {
  @IsOptional() @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name?: string;
}

export interface ContactOutput {
  id: string;
  clientId: string;
  name: string;
  email: string | null;
  phone: string | null;
  title: string | null;
  isHost: boolean;
  createdAt: Date;
  leftAt: Date | null;
}

export function contactOutput(contact: Contact): ContactOutput {
  const { id, clientId, name, email, phone, title, isHost, createdAt, leftAt } = contact;
  return { id, clientId, name, email, phone, title, isHost, createdAt, leftAt };
}
