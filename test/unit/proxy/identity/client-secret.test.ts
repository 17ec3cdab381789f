import { createHmac } from "node:crypto";
import {
  deriveCredentials,
  newClientToken,
  parseMasterKey,
  secretOf,
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

test("the secret is told only for the access token that belongs to the client token", () => {
  const derived = deriveCredentials(masterKey, newClientToken());
  expect(secretOf(masterKey, derived.clientToken, derived.accessToken)).toBe(derived.clientSecret);
  expect(secretOf(masterKey, derived.clientToken, "akab-x")).toBeUndefined();
  expect(secretOf(masterKey, newClientToken(), derived.accessToken)).toBeUndefined();
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
