import { loadMasterKeys, type SecretSources } from "../../../../src/proxy/identity/master-keys";

const key = "0123456789abcdef0123456789abcdef";
const other = "fedcba9876543210fedcba9876543210";
const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:adp";

const sources: SecretSources = {
  environment: { ADP_MASTER_KEY: key, EMPTY: "", SHORT: "short" },
  readAwsSecret: (id) => (id === arn ? Promise.resolve(`${other}\n`) : Promise.reject(new Error("no such secret"))),
};

const load = (masterKey: Parameters<typeof loadMasterKeys>[0]["masterKey"]) =>
  loadMasterKeys({ masterKey }, "/etc/adp/adp.yaml", sources);

test("a key comes from where the policy file says, the previous one too", async () => {
  expect(await load({ env: "ADP_MASTER_KEY" })).toEqual({ current: key });
  expect(await load({ secretsManager: arn, previous: { env: "ADP_MASTER_KEY" } })).toEqual({
    current: other,
    previous: key,
  });
});

test.each([
  [{ env: "GONE" }, "the environment variable GONE that holds the master key is not set"],
  [{ env: "EMPTY" }, "the environment variable EMPTY that holds the master key is not set"],
  [{ env: "SHORT" }, "the master key in environment variable SHORT is shorter than 32 characters"],
  [{ file: "gone.key" }, "cannot read masterKey.file"],
  [{ secretsManager: "other" }, "no such secret"],
  [{ env: "ADP_MASTER_KEY", previous: { env: "GONE" } }, "GONE"],
])("%j cannot be loaded, and no key is in the message", async (place, message) => {
  const failure = await load(place).catch((error: unknown) => String(error));
  expect(failure).toContain(message);
  expect(failure).not.toMatch(new RegExp(`${key}|${other}`));
});
