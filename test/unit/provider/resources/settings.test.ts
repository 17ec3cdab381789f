import type { ProviderConfig } from "../../../../src/provider/resources/provider-schema";
import { resolveSettings } from "../../../../src/provider/resources/settings";

const empty: ProviderConfig = {
  region: null,
  profile: null,
  assume_role: null,
  edge_dns: null,
  account_store: null,
  policy: null,
  name_servers: null,
};
type Environment = Readonly<Record<string, string>>;
const settings = (config: Partial<ProviderConfig> = {}, environment: Environment = {}) =>
  resolveSettings({ ...empty, ...config }, environment, "/home/me");

test("nothing is configured: files go where XDG puts them", () => {
  expect(settings()).toEqual({
    region: undefined,
    profile: undefined,
    assumeRole: undefined,
    edgeDns: {},
    accountPlace: { kind: "file", folder: "/home/me/.local/share/unexpired/accounts" },
    nameServers: undefined,
    policy: undefined,
    journalFolder: "/home/me/.local/state/unexpired/journal",
    claimsFolder: "/home/me/.local/state/unexpired/claims",
    cacheFolder: "/home/me/.cache/unexpired",
    environment: {},
    homeFolder: "/home/me",
  });
});

test.each<[string, Environment, string | undefined]>([
  ["AWS_REGION", { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-west-2" }, "eu-west-1"],
  ["AWS_DEFAULT_REGION", { AWS_DEFAULT_REGION: "us-west-2" }, "us-west-2"],
  ["an empty AWS_REGION", { AWS_REGION: "", AWS_DEFAULT_REGION: "us-west-2" }, "us-west-2"],
  ["none", {}, undefined],
])("region by environment: %s", (_, environment, region) => {
  expect(settings({}, environment).region).toBe(region);
});

test("configuration comes before the environment", () => {
  expect(settings({ region: "eu-central-1" }, { AWS_REGION: "eu-west-1" }).region).toBe("eu-central-1");
});

test.each<[string, Environment, object]>([
  ["XDG_DATA_HOME", { XDG_DATA_HOME: "/data" }, { accountPlace: { kind: "file", folder: "/data/unexpired/accounts" } }],
  ["XDG_STATE_HOME", { XDG_STATE_HOME: "/state" }, { journalFolder: "/state/unexpired/journal" }],
  ["XDG_CACHE_HOME", { XDG_CACHE_HOME: "/cache" }, { cacheFolder: "/cache/unexpired" }],
  [
    "UNEXPIRED_STATE_DIR",
    { UNEXPIRED_STATE_DIR: "/runner", XDG_STATE_HOME: "/state" },
    { journalFolder: "/runner/journal" },
  ],
  ["an empty variable", { XDG_CACHE_HOME: "" }, { cacheFolder: "/home/me/.cache/unexpired" }],
])("folders by environment: %s", (_, environment, expected) => {
  expect(settings({}, environment)).toMatchObject(expected);
});

test.each<[string, Partial<ProviderConfig>, object]>([
  [
    "a folder of accounts",
    { account_store: { file: { directory: "/accounts" }, environment: null, secrets_manager: null } },
    { accountPlace: { kind: "file", folder: "/accounts" } },
  ],
  [
    "an account in the environment",
    { account_store: { file: null, environment: { variable: "ACME" }, secrets_manager: null } },
    { accountPlace: { kind: "environment", variable: "ACME" } },
  ],
  [
    "an account in Secrets Manager",
    { account_store: { file: null, environment: null, secrets_manager: { secret_name: "acme" } } },
    { accountPlace: { kind: "secrets-manager", secretName: "acme" } },
  ],
  [
    "a role",
    { assume_role: { role_arn: "arn:aws:iam::111122223333:role/dns", external_id: null, session_name: "ci" } },
    { assumeRole: { roleArn: "arn:aws:iam::111122223333:role/dns", externalId: undefined, sessionName: "ci" } },
  ],
  [
    "Edge DNS",
    { edge_dns: { edgerc: "/edgerc", section: "dns", ca_file: null } },
    { edgeDns: { edgerc: "/edgerc", section: "dns", caFile: undefined } },
  ],
  ["name servers", { name_servers: ["192.0.2.1:53"] }, { nameServers: ["192.0.2.1:53"] }],
])("configured: %s", (_, config, expected) => {
  expect(settings(config)).toMatchObject(expected);
});
