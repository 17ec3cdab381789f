import type { Schema } from "../platform/postgres/schema";

/** Rows come in and stay as they are: the triggers stop mistakes, the chain finds whoever drops them first. */
export const ledgerSchema: Schema = {
  name: "unexpired",
  /** "unx" and a zero. */
  lockNamespace: 0x756e7800,
  program: "unexpired",
  steps: [
    `CREATE TABLE unexpired.ledger (
       seq bigint PRIMARY KEY,
       id uuid NOT NULL UNIQUE,
       line text NOT NULL
     );

     -- the last entry on record, so that rows removed at the end are missed
     CREATE TABLE unexpired.ledger_head (
       seq bigint NOT NULL,
       hash text NOT NULL
     );
     INSERT INTO unexpired.ledger_head VALUES (0, repeat('0', 64));

     CREATE FUNCTION unexpired.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'entries of the ledger are neither changed nor removed'; END $$;
     CREATE TRIGGER stays_as_it_is BEFORE UPDATE OR DELETE OR TRUNCATE ON unexpired.ledger
       FOR EACH STATEMENT EXECUTE FUNCTION unexpired.refuse_change();`,
  ],
};
