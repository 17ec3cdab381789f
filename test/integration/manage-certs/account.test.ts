/** The account of an issuer, against the sandbox's CA. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { formatStoredAccount, parseStoredAccount } from "../../../src/acme/stored-account";
import { Engine } from "../../../src/issuance/engine";
import type { AccountPlace } from "../../../src/issuance/engine-settings";
import { createAccount } from "../../../src/manage-certs/account/create-account";
import { knownAccount } from "../../../src/manage-certs/account/known-account";
import { rollOverAccount } from "../../../src/manage-certs/account/roll-over-account";
import { writePrivateFile } from "../../../src/platform/private-file";
import { startIssuanceWorld, type IssuanceWorld } from "../../support/issuance-world";

let world: IssuanceWorld;
beforeEach(async () => {
  world = await startIssuanceWorld();
});
afterEach(() => world.close());

const issuer = () => ({
  name: "sandbox",
  directoryUrl: world.sandbox.acme.directoryUrl,
  caFile: world.sandbox.files.acmeCaFile,
  contactEmail: "certificates@example.gov",
});

/** A process of its own, as far as accounts go. */
function engine(environment: Readonly<Record<string, string>> = {}): Engine {
  const accountPlace: AccountPlace =
    environment.ACCOUNT === undefined
      ? { kind: "file", folder: join(world.folder, "store") }
      : { kind: "environment", variable: "ACCOUNT" };
  return new Engine({
    ...{ edgeDns: {}, accountPlace, environment },
    ...{ journalFolder: join(world.folder, "journal"), homeFolder: world.folder },
  });
}

const storedText = (place: string) => readFileSync(place, "utf8");
const keyIn = (place: string) => parseStoredAccount(storedText(place), place, issuer().directoryUrl).privateKey;

test("it is made once, shown without its key, and given a new key that the CA takes from then on", async () => {
  await expect(knownAccount(engine(), issuer())).rejects.toMatchObject({
    code: "acme_account",
    hint: "make it: manage-certs account create --issuer sandbox",
  });
  await expect(rollOverAccount(engine(), issuer())).rejects.toMatchObject({ code: "acme_account" });
  const { account, wasThere } = await createAccount(engine(), issuer());
  expect(wasThere).toBe(false);
  expect(account).toEqual({
    url: account.url,
    contactEmails: ["certificates@example.gov"],
    place: join(world.folder, "store", readdirSync(join(world.folder, "store"))[0] ?? ""),
    rollingOver: false,
  });
  expect(account.url).toMatch(/^https:/);
  expect(await createAccount(engine(), issuer())).toEqual({ account, wasThere: true });
  expect(await knownAccount(engine(), issuer())).toEqual(account);

  const before = { key: keyIn(account.place), text: storedText(account.place) };
  expect(await rollOverAccount(engine(), issuer())).toEqual(account);
  expect(keyIn(account.place)).not.toBe(before.key);
  // the bare key finds the account, since the CA knows it; the old one no longer does
  expect(await knownAccount(engine({ ACCOUNT: keyIn(account.place) }), issuer())).toMatchObject({ url: account.url });
  await expect(knownAccount(engine({ ACCOUNT: before.key }), issuer())).rejects.toMatchObject({
    facts: { type: "accountDoesNotExist" },
  });
});

test("a change of key that was killed after the CA took it is seen, and ended by the next", async () => {
  const { account } = await createAccount(engine(), issuer());
  const { place } = account;
  const before = parseStoredAccount(storedText(place), place, issuer().directoryUrl);
  await rollOverAccount(engine(), issuer());
  const nextPrivateKey = keyIn(place);
  await writePrivateFile(place, formatStoredAccount({ ...before, nextPrivateKey }));
  expect(await knownAccount(engine(), issuer())).toMatchObject({ url: account.url, rollingOver: true });
  expect(await rollOverAccount(engine(), issuer())).toEqual(account);
  expect([before.privateKey, nextPrivateKey]).not.toContain(keyIn(place));
});

test("one that is kept in the environment is shown, and cannot be given a new key", async () => {
  const { account } = await createAccount(engine(), issuer());
  const text = storedText(account.place);
  const inEnvironment = engine({ ACCOUNT: text });
  const place = "environment variable ACCOUNT";
  expect(await knownAccount(inEnvironment, issuer())).toEqual({ ...account, place });
  await expect(rollOverAccount(inEnvironment, issuer())).rejects.toMatchObject({
    code: "acme_account",
    message: `the key of the ACME account in ${place} cannot be changed from here`,
  });
  expect(storedText(account.place)).toBe(text);
});
