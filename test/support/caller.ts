import type { Server } from 'node:http';
import supertest from 'supertest';

/** A program at the JSON API, with its token. */
export class Caller {
  constructor(
    private readonly server: Server,
    private readonly token: string | null,
  ) {}

  get(path: string): supertest.Test {
    return this.with(supertest(this.server).get(this.url(path)));
  }

  post(path: string, body?: object): supertest.Test {
    return this.with(supertest(this.server).post(this.url(path))).send(body ?? {});
  }

  put(path: string, body?: object): supertest.Test {
    return this.with(supertest(this.server).put(this.url(path))).send(body ?? {});
  }

  patch(path: string, body?: object): supertest.Test {
    return this.with(supertest(this.server).patch(this.url(path))).send(body ?? {});
  }

  delete(path: string, body?: object): supertest.Test {
    return this.with(supertest(this.server).delete(this.url(path))).send(body ?? {});
  }

  /** A multipart upload; fields go before the file. */
  upload(
    path: string,
    file: { name: string; content: string | Buffer },
    fields: Record<string, string> = {},
  ): supertest.Test {
    const call = this.with(supertest(this.server).post(this.url(path)));
    for (const [name, value] of Object.entries(fields)) void call.field(name, value);
    return call.attach('file', Buffer.from(file.content), file.name);
  }

  private url(path: string): string {
    return /^\/(api\/|metrics)/.test(path) ? path : `/api/v1${path}`;
  }

  private with(call: supertest.Test): supertest.Test {
    return this.token === null ? call : call.set('authorization', `Bearer ${this.token}`);
  }
}
