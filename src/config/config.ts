import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BadEnvironment, readSettings, SECRET_VARIABLES, type Settings } from './env-spec.js';

/** The settings of this process, complete: data folder absolute, secret key present. */
export class Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly secretKey: string;
  readonly baseUrl: string;
  readonly trustedProxies: Settings['trustedProxies'];
  readonly isWorkerOn: boolean;
  readonly mail: Settings['mail'];
  readonly logLevel: Settings['logLevel'];
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;

  constructor(settings: Settings) {
    this.port = settings.port;
    this.host = settings.host;
    this.dataDir = resolve(settings.dataDir);
    this.databaseUrl = settings.databaseUrl;
    this.baseUrl =
      settings.baseUrl ??
      `http://${settings.host === '0.0.0.0' ? 'localhost' : settings.host}:${settings.port}`;
    this.trustedProxies = settings.trustedProxies;
    this.isWorkerOn = settings.isWorkerOn;
    this.mail = settings.mail;
    this.logLevel = settings.logLevel;
    this.adminEmail = settings.adminEmail;
    this.adminPassword = settings.adminPassword;
    makeFolder(this.dataDir);
    this.secretKey = settings.secretKey ?? keptKey(join(this.dataDir, 'secret-key'));
  }

  /** Cookies travel over TLS only when the public address is https. */
  get isSecure(): boolean {
    return this.baseUrl.startsWith('https:');
  }
}

/** Reads the configuration of this process. Throws `BadEnvironment` with every problem at once. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return new Config(readSettings(withSecretFiles(env)));
}

function withSecretFiles(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const merged: Record<string, string | undefined> = { ...env };
  for (const name of SECRET_VARIABLES) {
    const path = env[`${name}_FILE`];
    if (!path) continue;
    if (!existsSync(path)) throw new BadEnvironment([`${name}_FILE points to ${path}, which cannot be read`]);
    merged[name] = readFileSync(path, 'utf8').trim();
  }
  return merged;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BadEnvironment([`DATA_DIR is ${path}: no folder that can be written to (${code})`]);
  }
}

function keptKey(path: string): string {
  if (!existsSync(path)) makeKey(path);
  const key = readFileSync(path, 'utf8').trim();
  if (key === '')
    throw new BadEnvironment([`${path} is empty: put the secret key of this installation into it`]);
  return key;
}

/** Of a web process and a worker that start at once in a new folder, one makes the key and both use it. */
function makeKey(path: string): void {
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
