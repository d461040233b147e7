import type { MigrationInterface, QueryRunner } from 'typeorm';

/* Those who wait for a colleague's answer: found for the day's queue, never lost by a crash, let go on together and back. */

const sqlite = [
  'CREATE TABLE "colleague_release" ("id" varchar(36) PRIMARY KEY NOT NULL, "user_id" varchar(36) NOT NULL, "act" varchar(40) NOT NULL, "at" datetime NOT NULL, "enrolment_ids" text NOT NULL, "undone_at" datetime)',
  'CREATE TABLE "colleague_stop" ("enrolment_id" varchar(36) NOT NULL, "fact_id" varchar(36) NOT NULL, PRIMARY KEY ("enrolment_id", "fact_id")) WITHOUT ROWID',
  'CREATE INDEX "IDX_0747d0147297e93684c405c2c6" ON "enrolment" ("client_id") WHERE reason = \'colleague_replied\'',
];

const postgres = [
  'CREATE TABLE "colleague_release" ("id" character varying(36) NOT NULL, "user_id" character varying(36) NOT NULL, "act" character varying(40) NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "enrolment_ids" text NOT NULL, "undone_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_b335aa07f4f73648c16153d0e5d" PRIMARY KEY ("id"))',
  'CREATE TABLE "colleague_stop" ("enrolment_id" character varying(36) NOT NULL, "fact_id" character varying(36) NOT NULL, CONSTRAINT "PK_0787603e00d7ff800b2ddc3f487" PRIMARY KEY ("enrolment_id", "fact_id"))',
  'CREATE INDEX "IDX_0747d0147297e93684c405c2c6" ON "enrolment"  ("client_id") WHERE reason = \'colleague_replied\'',
];

export class ColleaguesWhoWait1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
