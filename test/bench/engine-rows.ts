import Sqlite from 'better-sqlite3';
import { sealOf } from '../../src/sequences/approval/text-seal.js';
import { newId } from '../../src/shared/id.js';

/** A database as the engine meets it on a Monday at ten, written straight into the file. Instants are UTC text. */
export class EngineRows {
  readonly clientId = newId();
  readonly sequenceId = newId();
  private readonly versionId = newId();
  private readonly steps;

  /** @param steps mails of the sequence, a business day apart */
  constructor(
    private readonly database: Sqlite.Database,
    steps: number,
  ) {
    this.steps = Array.from({ length: steps }, (_, day) => ({
      id: newId(),
      day,
      channel: 'email' as const,
      variants: [
        {
          subject: 'Vos plannings, {{firstName}}',
          body: 'Bonjour {{firstName}},\n\nUn mot au sujet de {{companyName}} : nous aidons les sites industriels à tenir leurs plannings.\n\nQuand seriez-vous disponible ?\n\n{{senderName}}',
        },
      ],
    }));
    database.pragma('foreign_keys = OFF');
    database.pragma('synchronous = OFF');
  }

  client(at: string): void {
    this.insert('client', {
      id: this.clientId,
      name: 'Nordia',
      time_zone: 'Europe/Paris',
      locale: 'fr',
      country: 'FR',
      created_at: at,
    });
    const { sequenceId: id, clientId: client_id, versionId, steps } = this;
    const locale = 'fr';
    const live = { state: 'live', version: 1, approved_version: 1, launched_at: at };
    this.insert('sequence', { id, client_id, name: 'Directeurs de site', locale, created_at: at, ...live });
    this.insert('sequence_version', {
      id: versionId,
      sequence_id: id,
      version: 1,
      state: 'approved',
      steps: JSON.stringify(steps),
      created_at: at,
      approved_at: at,
      approved_seal: sealOf({ locale, notice: null, steps }),
    });
  }

  /** Mailboxes past their ramp that keep no distance, each with a secret of its own. */
  mailboxes(count: number, port: number, at: string, seal: (id: string) => string): void {
    const server = { host: '127.0.0.1', port, security: 'none', user: 'carnet' };
    for (let one = 0; one < count; one += 1) {
      const id = newId();
      this.insert('mailbox', {
        id,
        client_id: this.clientId,
        address: `lea.${one}@epure.example`,
        sender_name: 'Léa Martin',
        smtp: JSON.stringify(server),
        imap: JSON.stringify({ ...server, folder: 'INBOX' }),
        secrets: seal(id),
        daily_cap: 50,
        ramp_started_on: '2026-01-01',
        gap_min_seconds: 0,
        gap_max_seconds: 0,
        state: 'active',
        created_at: at,
        version: 1,
      });
    }
  }

  /** People of companies of their own, enrolled; `dueAt` says when each is next. */
  people(count: number, at: string, dueAt: (place: number) => { due: string; channel?: string }): void {
    this.database.transaction(() => {
      for (let place = 0; place < count; place += 1) {
        const id = newId();
        const { due, channel = 'email' } = dueAt(place);
        this.insert('prospect', {
          id,
          client_id: this.clientId,
          first_name: 'Claire',
          last_name: `Roux ${place}`,
          full_name: `Claire Roux ${place}`,
          sort_name: `roux ${place}`,
          company_name: `Société ${place}`,
          company_sort: `societe ${place}`,
          search_text: '',
          email: `claire@societe-${place}.example`,
          email_key: `claire@societe-${place}.example`,
          status: 'in_sequence',
          status_at: at,
          source: 'import',
          created_at: at,
          updated_at: at,
          last_activity_at: at,
          version: 1,
        });
        this.insert('enrolment', {
          id: newId(),
          client_id: this.clientId,
          prospect_id: id,
          sequence_id: this.sequenceId,
          sequence_version_id: this.versionId,
          is_test: 0,
          state: 'active',
          next_position: 1,
          next_channel: channel,
          next_attempt: 1,
          due_at: due,
          enrolled_at: at,
        });
      }
    })();
  }

  private insert(table: string, row: Record<string, string | number>): void {
    const names = Object.keys(row);
    const key = `${table} ${names.join()}`;
    const statement =
      this.kept.get(key) ??
      this.database.prepare(
        `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`,
      );
    this.kept.set(key, statement);
    statement.run(...Object.values(row));
  }

  private readonly kept = new Map<string, Sqlite.Statement>();
}
