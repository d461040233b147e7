import { isIP } from 'node:net';

/** What the environment may say, with its defaults: Carnet starts with nothing set. */
export interface Settings {
  /** TCP port, 0 = any free one. */
  port: number;
  host: string;
  dataDir: string;
  /** `postgres://…`, or null: SQLite in the data folder. */
  databaseUrl: string | null;
  /** Null: made at first start and kept in the data folder (SQLite only). */
  secretKey: string | null;
  /** How people reach this server, without a trailing slash; null: `http://host:port`. */
  baseUrl: string | null;
  /** Whose `X-Forwarded-For` is believed: nobody's, that of so many proxies in a row, or of these networks. */
  trustedProxies: TrustedProxies;
  isWorkerOn: boolean;
  /** `smtp`: mail goes to the servers of the mailboxes; `outbox`: it is kept on screen and reaches nobody. */
  mail: MailRoute;
  logLevel: LogLevel;
  adminEmail: string | null;
  adminPassword: string | null;
}

/** `false`: none; a number of hops; or addresses, CIDR networks and the word `loopback`. */
export type TrustedProxies = false | number | readonly string[];

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const MAIL_ROUTES = ['smtp', 'outbox'] as const;
export type MailRoute = (typeof MAIL_ROUTES)[number];

/** The variables that may also be given as `NAME_FILE`: a path whose content is the value. */
export const SECRET_VARIABLES = ['SECRET_KEY', 'DATABASE_URL', 'ADMIN_PASSWORD'] as const;

/** A server must not start on nonsense: each problem says the variable, what it got and what it takes. */
export class BadEnvironment extends Error {
  constructor(readonly problems: string[]) {
    super(`Carnet cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads the settings from environment variables (already merged with `*_FILE`). Throws `BadEnvironment`. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const problems: string[] = [];
  const text = (name: string): string | null => env[name]?.trim() || null;
  const settings: Settings = {
    port: portOf(text('PORT'), problems),
    host: text('HOST') ?? '127.0.0.1',
    dataDir: text('DATA_DIR') ?? './data',
    databaseUrl: databaseUrlOf(text('DATABASE_URL'), problems),
    secretKey: text('SECRET_KEY'),
    baseUrl: baseUrlOf(text('BASE_URL'), problems),
    trustedProxies: trustedProxiesOf(text('TRUST_PROXY'), problems),
    isWorkerOn: switchOf('WORKER', text('WORKER'), problems),
    mail: oneOf('MAIL', text('MAIL') ?? 'smtp', MAIL_ROUTES, problems),
    logLevel: oneOf('LOG_LEVEL', text('LOG_LEVEL') ?? 'info', LOG_LEVELS, problems),
    adminEmail: text('ADMIN_EMAIL'),
    adminPassword: text('ADMIN_PASSWORD'),
  };
  if (settings.secretKey !== null && settings.secretKey.length < 32) {
    problems.push('SECRET_KEY must be at least 32 characters (try: openssl rand -hex 32)');
  }
  if (settings.databaseUrl !== null && settings.secretKey === null) {
    problems.push(
      'SECRET_KEY is required with PostgreSQL: all processes must share it (try: openssl rand -hex 32)',
    );
  }
  if ((settings.adminEmail === null) !== (settings.adminPassword === null)) {
    problems.push('ADMIN_EMAIL and ADMIN_PASSWORD go together: set both or neither');
  }
  if (problems.length > 0) throw new BadEnvironment(problems);
  return settings;
}

function portOf(value: string | null, problems: string[]): number {
  if (value === null) return 3000;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65535) return Number(value);
  problems.push(`PORT is "${value}", but a port is a whole number from 0 to 65535`);
  return 3000;
}

function databaseUrlOf(value: string | null, problems: string[]): string | null {
  if (value === null || /^postgres(ql)?:\/\//.test(value)) return value;
  problems.push('DATABASE_URL must begin with postgres:// (leave it empty for SQLite in DATA_DIR)');
  return null;
}

function baseUrlOf(value: string | null, problems: string[]): string | null {
  if (value === null) return null;
  if (URL.canParse(value) && /^https?:/.test(value)) return value.replace(/\/+$/, '');
  problems.push(`BASE_URL is "${value}", but it must be a whole address such as https://carnet.example`);
  return null;
}

function trustedProxiesOf(value: string | null, problems: string[]): TrustedProxies {
  if (value === null) return ['loopback'];
  if (/^off$/i.test(value)) return false;
  if (/^[1-9]$/.test(value)) return Number(value);
  const networks = value.split(',').map((network) => network.trim());
  if (networks.every((network) => network === 'loopback' || isNetwork(network))) return networks;
  problems.push(
    `TRUST_PROXY is "${value}", but it is off, loopback, a number of proxies (1 to 9), or networks such as 10.0.0.0/8,192.168.1.4`,
  );
  return ['loopback'];
}

/** An IP address, alone or as a network in CIDR form. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return bits > 0 && isPrefix && rest.length === 0;
}

function switchOf(name: string, value: string | null, problems: string[]): boolean {
  if (value === null || /^(on|1|true|yes)$/i.test(value)) return true;
  if (/^(off|0|false|no)$/i.test(value)) return false;
  problems.push(`${name} is "${value}", but it is either on or off`);
  return true;
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[], problems: string[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  problems.push(`${name} is "${value}", but it is one of: ${allowed.join(', ')}`);
  return allowed[0]!;
}
