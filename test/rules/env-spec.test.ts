import { describe, expect, it } from 'vitest';
import { BadEnvironment, readSettings } from '../../src/config/env-spec.js';

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    return (error as BadEnvironment).problems;
  }
};

describe('the environment', () => {
  it('may say nothing at all', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: null,
      isWorkerOn: true,
      logLevel: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', WORKER: '' })).toMatchObject({
      port: 3000,
      databaseUrl: null,
    });
  });

  it('is refused with every problem at once, each naming its variable', () => {
    const problems = problemsOf({
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      WORKER: 'maybe',
      LOG_LEVEL: 'loud',
      BASE_URL: 'carnet',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'BASE_URL',
      'WORKER',
      'LOG_LEVEL',
    ]);
  });

  it('must hold the secret key with PostgreSQL, since all processes share it', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://x/y' })[0]).toContain('SECRET_KEY');
    expect(problemsOf({ DATABASE_URL: 'postgres://x/y', SECRET_KEY: 'k'.repeat(32) })).toEqual([]);
    expect(problemsOf({ SECRET_KEY: 'short' })[0]).toContain('32 characters');
  });

  it('names the first administrator whole or not at all', () => {
    expect(problemsOf({ ADMIN_EMAIL: 'a@b.example' })[0]).toContain('ADMIN_PASSWORD');
  });

  it('keeps the public address without its last slash', () => {
    expect(readSettings({ BASE_URL: 'https://carnet.example/' }).baseUrl).toBe('https://carnet.example');
  });

  it('says which proxies are believed: none, those of this machine, so many, or networks', () => {
    const trusted = (value: string): unknown => readSettings({ TRUST_PROXY: value }).trustedProxies;
    expect(trusted('')).toEqual(['loopback']);
    expect(trusted('off')).toBe(false);
    expect(trusted('2')).toBe(2);
    expect(trusted('loopback, 10.0.0.0/8,2001:db8::/32, 192.0.2.1')).toEqual([
      'loopback',
      '10.0.0.0/8',
      '2001:db8::/32',
      '192.0.2.1',
    ]);
    for (const nonsense of [
      'yes',
      '0',
      '10',
      '10.0.0.0/33',
      '10.0.0',
      'proxy.example',
      '1.2.3.4/8/9',
      '::1/x',
    ])
      expect(problemsOf({ TRUST_PROXY: nonsense })[0]).toMatch(/^TRUST_PROXY is/);
  });
});
