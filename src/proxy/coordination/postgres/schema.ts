/** The tables, in a schema of their own. What is in them is of no use to anybody a day later. */
import { AppError } from "../../../platform/errors";
import type { Query, PostgresDatabase } from "./postgres-database";

/** Steps from each version to the next. Once released, a step is never changed: add one. */
const steps: readonly string[] = [
  `CREATE SCHEMA IF NOT EXISTS adp;

   CREATE TABLE adp.schema_version (version integer NOT NULL);
   INSERT INTO adp.schema_version VALUES (0);

   -- signed writes that were taken, until their signature is too old anyway
   CREATE TABLE adp.replay_keys (
     key bytea PRIMARY KEY,
     expires_at timestamptz NOT NULL
   );
   CREATE INDEX replay_keys_by_end ON adp.replay_keys (expires_at);

   -- what a client was shown of a record set, and what it wrote; json, since jsonb refuses some texts that JSON can hold
   CREATE TABLE adp.client_memories (
     client text NOT NULL,
     zone text NOT NULL,
     name text NOT NULL,
     type text NOT NULL,
     memory json NOT NULL,
     used_at timestamptz NOT NULL,
     PRIMARY KEY (client, zone, name, type)
   );
   CREATE INDEX client_memories_by_use ON adp.client_memories (used_at);

   -- who writes to a zone; a row that the next holder of the lock finds was left by one that died
   CREATE TABLE adp.zone_holders (
     zone text PRIMARY KEY,
     replica text NOT NULL,
     taken_at timestamptz NOT NULL
   );`,
];

export const schemaVersion = steps.length;

/** The first of the two numbers of our advisory locks: "adp" and a zero. */
export const lockNamespace = 0x61647000;

/**
 * Makes what is missing. Replicas that start together wait for each other. Rights to create are needed only where
 * something is missing. Errors: `invalid_config` for tables of a later version.
 */
export async function ensureSchema(database: PostgresDatabase): Promise<void> {
  if ((await database.transaction(versionOf)) === schemaVersion) return;
  await database.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock($1, 0)", [lockNamespace]);
    const version = await versionOf(query);
    for (const step of steps.slice(version)) await query(step);
    if (version < schemaVersion) await query("UPDATE adp.schema_version SET version = $1", [schemaVersion]);
  });
}

async function versionOf(query: Query): Promise<number> {
  // not to_regclass: what a session once found missing it remembers, also while somebody else makes it
  const found = await query("SELECT 1 FROM pg_tables WHERE schemaname = 'adp' AND tablename = 'schema_version'");
  if (found.length === 0) return 0;
  const [row] = await query<{ version: number }>("SELECT version FROM adp.schema_version");
  const version = row?.version ?? 0;
  if (version > schemaVersion)
    throw new AppError(
      "invalid_config",
      `the tables in PostgreSQL are of version ${version}, ours of ${schemaVersion}`,
      {
        hint: "start the version of akamai-dns-proxy that made them, or a later one",
      },
    );
  return version;
}
