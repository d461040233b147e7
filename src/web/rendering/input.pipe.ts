import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { readInput } from '../../shared/read-input.js';

const PLAIN: unknown[] = [String, Number, Boolean, Array, Object, undefined];

/** Bodies and queries declared as a DTO class are checked before the handler sees them. */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || PLAIN.includes(metatype)) return value;
    return readInput(metatype as new () => object, value, { isQuery: type === 'query' });
  }
}
