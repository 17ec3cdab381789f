import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createHmac } from "node:crypto";
import {
  ClientSecrets,
  deriveCredentials,
  newClientToken,
  parseMasterKey,
} from "../../../../src/proxy/identity/client-secret";

const masterKey = parseMasterKey(" 0123456789abcdef0123456789abcdef\n", "test");

test("secrets follow from master key and token as the documentation says", () => {
  const token = "akab-00000000000000000000000000000000000000aa";
  const hmac = (purpose: string) =>
    createHmac("sha256", "0123456789abcdef0123456789abcdef")
      .update(`unexpired/adp/v1/${purpose}/${token}`)
      .digest("base64url");
  const derived = deriveCredentials(masterKey, token);
  expect(derived).toEqual({
    clientToken: token,
    clientSecret: hmac("client-secret"),
    accessToken: `akab-${hmac("access-token")}`,
  });
  expect(derived.clientSecret).toBe("g9sWbU8VJD9oMkx4UWnSCZ7mGt-RAKvq_ee5jQdhMcw");
});

const previous = parseMasterKey("fedcba9876543210fedcba9876543210", "test");

test("the secret is told only for the access token that belongs to the client token", () => {
  const derived = deriveCredentials(masterKey, newClientToken());
  const secrets = new ClientSecrets({ current: masterKey });
  const { clientToken, accessToken, clientSecret } = derived;
  expect(secrets.find(clientToken, accessToken)).toEqual({ clientSecret, isOfPreviousKey: false });
  expect(secrets.find(clientToken, "akab-x")).toBeUndefined();
  expect(secrets.find(newClientToken(), accessToken)).toBeUndefined();
  expect(secrets.find(clientToken, deriveCredentials(previous, clientToken).accessToken)).toBeUndefined();
});

test("while the master key is rotated, credentials of both keys are good and told apart", () => {
  const token = newClientToken();
  const secrets = new ClientSecrets({ current: masterKey, previous });
  const [ours, old] = [deriveCredentials(masterKey, token), deriveCredentials(previous, token)];
  expect(secrets.find(token, ours.accessToken)).toEqual({ clientSecret: ours.clientSecret, isOfPreviousKey: false });
  expect(secrets.find(token, old.accessToken)).toEqual({ clientSecret: old.clientSecret, isOfPreviousKey: true });
});

test("what is remembered is bounded, and what was forgotten is derived again", () => {
  const secrets = new ClientSecrets({ current: masterKey }, 2);
  const all = Array.from({ length: 5 }, () => deriveCredentials(masterKey, newClientToken()));
  for (const round of [1, 2])
    for (const { clientToken, accessToken, clientSecret } of all)
      expect([round, secrets.find(clientToken, accessToken)?.clientSecret]).toEqual([round, clientSecret]);
});

test("tokens that strangers make up take no memory that counts", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const secrets = new ClientSecrets({ current: masterKey });
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  for (let each = 0; each < 2_000; each++) {
    const header = Buffer.alloc(24_000, `client-token-${each}.`).toString();
    secrets.find(header.slice(0, 12_000), "none");
    secrets.find(header.slice(12_000, 12_040), "none");
  }
  expect(used() - before).toBeLessThan(8_000_000);
  expect(secrets.find("t".repeat(300), deriveCredentials(masterKey, "t".repeat(300)).accessToken)).toBeDefined();
});

test("tokens differ, and fit into a header", () => {
  const tokens = Array.from({ length: 20 }, newClientToken);
  expect(new Set(tokens).size).toBe(20);
  for (const token of tokens) expect(token).toMatch(/^akab-[0-9a-f]{40}$/);
});

test("a short master key is refused without being shown", () => {
  expect(() => parseMasterKey("too short", "key.txt")).toThrow(
    "the master key in key.txt is shorter than 32 characters",
  );
});
