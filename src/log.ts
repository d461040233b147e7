import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** What could hold a person's data is cut out wherever it turns up. */
const PERSONAL = [
  '*.email',
  '*.password',
  '*.parameters',
  'err.parameters',
  'err.driverError.detail',
  'req',
  'res',
];

/** Structured logs, one JSON object a line. */
export function loggerFor(level: string): Logger {
  return pino({ ...optionsFor(level), redact: { paths: PERSONAL, remove: true } }, output());
}

/** For lines whose every field is known, such as the one an answer leaves: there is nothing in them to look for. */
export function plainLoggerFor(level: string): Logger {
  return pino(optionsFor(level), output());
}

function optionsFor(level: string): LoggerOptions {
  return { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
}

let opened: DestinationStream | undefined;

/** Lines leave together, at the latest after half a second and at the end of the process: a line a write is dear. */
function output(): DestinationStream {
  if (opened === undefined) {
    const stream = pino.destination({ fd: 1, sync: true, minLength: 4096, periodicFlush: 500 });
    process.once('exit', () => stream.flushSync());
    opened = stream;
  }
  return opened;
}

/** Nest's own words, in the same form. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, textOf(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.told('warn', message, context);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.told('error', message, rest);
  }

  debug(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, textOf(message));
  }

  verbose(message: unknown, context?: unknown): void {
    this.logger.trace({ context }, textOf(message));
  }

  /** An object keeps its parts, so that an `err` has its kind, its causes and its stack. */
  private told(level: 'warn' | 'error', message: unknown, context: unknown): void {
    if (message !== null && typeof message === 'object') this.logger[level](message, 'failed');
    else this.logger[level]({ context }, textOf(message));
  }
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}
