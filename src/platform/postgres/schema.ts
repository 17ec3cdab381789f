/** Tables of ours in a schema of their own, brought from version to version. */
import { AppError } from "../errors";
import type { PostgresDatabase, Query } from "./postgres-database";

export interface Schema {
  /** Of the schema in PostgreSQL; a plain identifier. */
  readonly name: string;
  /** Steps from each version to the next. The first one makes the schema. Once released, a step is never changed. */
  readonly steps: readonly string[];
  /** The first of the two numbers of its advisory locks; (it, 0) is held while tables are made. */
  readonly lockNamespace: number;
  /** Who makes it, for people. */
  readonly program: string;
}

/**
 * Makes what is missing. Programs that start together wait for each other. Rights to create are needed only where
 * something is missing. Errors: `invalid_config` for tables of a later version.
 */
export async function ensureSchema(database: PostgresDatabase, schema: Schema): Promise<void> {
  const { name, steps, lockNamespace } = schema;
  const wanted = steps.length;
  if ((await database.transaction((query) => versionOf(query, schema))) === wanted) return;
  await database.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock($1, 0)", [lockNamespace]);
    const version = await versionOf(query, schema);
    if (version === 0)
      await query(`CREATE SCHEMA IF NOT EXISTS ${name};
        CREATE TABLE ${name}.schema_version (version integer NOT NULL);
        INSERT INTO ${name}.schema_version VALUES (0)`);
    for (const step of steps.slice(version)) await query(step);
    if (version < wanted) await query(`UPDATE ${name}.schema_version SET version = $1`, [wanted]);
  });
}

async function versionOf(query: Query, { name, steps, program }: Schema): Promise<number> {
  // not to_regclass: what a session once found missing it remembers, also while somebody else makes it
  const found = await query("SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'schema_version'", [name]);
  if (found.length === 0) return 0;
  const [row] = await query<{ version: number }>(`SELECT version FROM ${name}.schema_version`);
  const version = row?.version ?? 0;
  if (version > steps.length)
    throw new AppError(
      "invalid_config",
      `the tables in PostgreSQL are of version ${version}, ours of ${steps.length}`,
      { hint: `start the version of ${program} that made them, or a later one` },
    );
  return version;
}
