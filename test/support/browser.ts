import type { Server } from 'node:http';
import supertest from 'supertest';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';

/** A browser without scripts: keeps cookies, and sends the token of the last page along with each form. */
export class Browser {
  private readonly agent: ReturnType<typeof supertest.agent>;
  private csrf: string | null = null;

  constructor(server: Server) {
    this.agent = supertest.agent(server);
  }

  /** Takes a session as if this browser had signed in, without counting as a try at the door. */
  carry(session: string): void {
    this.agent.jar.setCookie(`${SESSION_COOKIE}=${session}`);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<supertest.Response> {
    return this.keep(await this.agent.get(path).set(headers));
  }

  /** Submits a form (nested names as `a[b]`); does not follow the redirect. */
  async post(
    path: string,
    form: object = {},
    headers: Record<string, string> = {},
  ): Promise<supertest.Response> {
    if (this.csrf === null) await this.get('/sign-in');
    return this.keep(
      await this.agent
        .post(path)
        .set(headers)
        .type('form')
        .send({ ...form, _csrf: this.csrf }),
    );
  }

  /** Submits a form and looks at the page it leads to. */
  async submit(path: string, form: object = {}): Promise<supertest.Response> {
    const answer = await this.post(path, form);
    return answer.status === 303 ? this.get(String(answer.headers['location'])) : answer;
  }

  async upload(
    path: string,
    file: { name: string; content: string | Buffer },
    fields: Record<string, string> = {},
  ): Promise<supertest.Response> {
    if (this.csrf === null) await this.get('/sign-in');
    const call = this.agent.post(path).query({ _csrf: this.csrf });
    for (const [name, value] of Object.entries(fields)) void call.field(name, value);
    return this.keep(await call.attach('file', Buffer.from(file.content), file.name));
  }

  private keep(answer: supertest.Response): supertest.Response {
    const found = /name="_csrf" value="([^"]+)"/.exec(answer.text ?? '')?.[1];
    if (found !== undefined) this.csrf = found;
    // Signing in changes the session, and with it the token.
    if (answer.status === 303 && answer.headers['set-cookie']) this.csrf = null;
    return answer;
  }
}
