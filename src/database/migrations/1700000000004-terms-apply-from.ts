import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Terms say from which day they are billed. So far a version was billed from the month after it was written, and the first
 * one from the first day: what was billed stays as it was.
 */

const sqlite = [
  'DROP INDEX "IDX_15296606d76531f6c23530cfac"',
  'DROP INDEX "IDX_4f6a98adec492291e42107c38e"',
  'CREATE TABLE "temporary_engagement_version" ("id" varchar(36) PRIMARY KEY NOT NULL, "engagement_id" varchar(36) NOT NULL, "version" integer NOT NULL, "price" text NOT NULL, "targets" text NOT NULL, "qualification_criteria" text NOT NULL, "acceptance_days" integer NOT NULL, "agency_referent_id" varchar(36), "client_referent_id" varchar(36), "created_by" varchar(36), "created_at" datetime NOT NULL, "applies_from_on" varchar(10) NOT NULL, CONSTRAINT "FK_4f6a98adec492291e42107c38e7" FOREIGN KEY ("engagement_id") REFERENCES "engagement" ("id") ON DELETE CASCADE ON UPDATE NO ACTION)',
  'INSERT INTO "temporary_engagement_version"("id", "engagement_id", "version", "price", "targets", "qualification_criteria", "acceptance_days", "agency_referent_id", "client_referent_id", "created_by", "created_at", "applies_from_on") SELECT "id", "engagement_id", "version", "price", "targets", "qualification_criteria", "acceptance_days", "agency_referent_id", "client_referent_id", "created_by", "created_at", CASE "version" WHEN 1 THEN (SELECT "starts_on" FROM "engagement" WHERE "id" = "engagement_id") ELSE date("created_at", \'start of month\', \'+1 month\') END FROM "engagement_version"',
  'DROP TABLE "engagement_version"',
  'ALTER TABLE "temporary_engagement_version" RENAME TO "engagement_version"',
  'CREATE UNIQUE INDEX "IDX_15296606d76531f6c23530cfac" ON "engagement_version" ("engagement_id", "version")',
  'CREATE INDEX "IDX_4f6a98adec492291e42107c38e" ON "engagement_version" ("engagement_id")',
];

const postgres = [
  'ALTER TABLE "engagement_version" ADD "applies_from_on" character varying(10)',
  `UPDATE "engagement_version" SET "applies_from_on" = CASE "version" WHEN 1 THEN (SELECT "starts_on" FROM "engagement" WHERE "id" = "engagement_id") ELSE to_char(date_trunc('month', "created_at" AT TIME ZONE 'UTC') + interval '1 month', 'YYYY-MM-DD') END`,
  'ALTER TABLE "engagement_version" ALTER COLUMN "applies_from_on" SET NOT NULL',
];

export class TermsApplyFrom1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
