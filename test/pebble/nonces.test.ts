/** Pebble refuses a share of all nonces and uses valid authorizations again: no order may be lost to that. */
import { openAccount } from "../../src/acme/open-account";
import { AcmeConnection } from "../../src/acme/connection";
import { issue } from "../support/acme-issue";
import { MemoryAccountStore } from "../support/memory-account-store";
import { startPebble } from "../support/pebble";

test.each([20, 50])("with %i %% of nonces refused, 50 of 50 orders end well, 8 at a time", async (nonceReject) => {
  const pebble = await startPebble({ nonceReject, authorizationReuse: 50 });
  const connection = new AcmeConnection({ directoryUrl: pebble.directoryUrl, ca: pebble.ca });
  try {
    const account = await openAccount(connection, { store: new MemoryAccountStore() });
    const orders = Array.from({ length: 50 }, (_, n) => {
      // Every fifth order is for apex and wildcard; the others share a name in each lane, so that Pebble can use
      // a valid authorization again.
      const base = n % 5 === 0 ? `both${n}.example.test` : `n${n % 8}.example.test`;
      return n % 5 === 0 ? [base, `*.${base}`] : [base];
    });
    const lanes = Array.from({ length: 8 }, (_, lane) => orders.filter((_order, n) => n % 8 === lane));
    const chains = await Promise.all(
      lanes.map(async (lane) => {
        const issued = [];
        for (const names of lane) issued.push(await issue(account, { names, dns: pebble }));
        return issued;
      }),
    );
    expect(chains.flat()).toHaveLength(50);
    expect(orders.filter((names) => names.length === 2)).toHaveLength(10);
    expect(chains.flat().reduce((sum, { answered }) => sum + answered, 0)).toBeLessThan(60);
    expect(chains.flat().every(({ pem }) => pem.includes("BEGIN CERTIFICATE"))).toBe(true);
  } finally {
    await connection.close();
    await pebble.stop();
  }
});
