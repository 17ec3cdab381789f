import type { Schema } from "../../../platform/postgres/schema";

/** The first of the two numbers of our advisory locks: "adp" and a zero. */
export const lockNamespace = 0x61647000;

/** The tables that replicas share. What is in them is of no use to anybody a day later. */
export const coordinationSchema: Schema = {
  name: "adp",
  lockNamespace,
  program: "akamai-dns-proxy",
  steps: [
    `-- signed writes that were taken, until their signature is too old anyway
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
  ],
};
