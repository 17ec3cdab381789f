import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edgeGridCredentialsFromEnvironment, loadEdgeGridCredentials, parseEdgerc } from "../../../src/akamai/edgerc";
import type { AppError } from "../../../src/platform/errors";

const text = `; comment
[default]
host = akab-one.example.test/
client_token = ct-1
client_secret = s3cret/with+base64==
access_token = at-1
max-body = 131072

[team one]
host: akab-two.example.test:8443
client-token: "ct-2"
client_secret: s2
access_token: at-2
account_key: 1-ABC:1-2RBL
# comment
[half]
host = akab-three.example.test
client_secret = do-not-show
[url]
host = https://akab.example.test
client_token = a
client_secret = do-not-show
access_token = b
`;
const one = {
  host: "akab-one.example.test",
  clientToken: "ct-1",
  clientSecret: "s3cret/with+base64==",
  accessToken: "at-1",
};

function errorOf(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    return error as AppError;
  }
  throw new Error("nothing was thrown");
}

test("reads sections as Akamai's tools do", () => {
  expect(parseEdgerc(text, "default", "f")).toEqual(one);
  expect(parseEdgerc(text.replaceAll("\n", "\r\n"), "default", "f")).toEqual(one);
  expect(parseEdgerc(text, "team one", "f")).toEqual({
    host: "akab-two.example.test:8443",
    clientToken: "ct-2",
    clientSecret: "s2",
    accessToken: "at-2",
    accountSwitchKey: "1-ABC:1-2RBL",
  });
});

test("the port every client leaves out is left out", () => {
  expect(parseEdgerc(text.replace(".example.test/", ".example.test:443"), "default", "f").host).toBe(one.host);
});

test.each([
  ["half", 'section "half" of f lacks client_token, access_token'],
  ["nobody", 'f has no section "nobody"'],
  ["url", 'host in section "url" of f is not a bare host name'],
])("section %s: %s", (section, message) => {
  const error = errorOf(() => parseEdgerc(text, section, "f"));
  expect(error).toMatchObject({ code: "invalid_credentials", message });
  expect(JSON.stringify([error.message, error.hint, error.facts])).not.toContain("do-not-show");
});

test.each(["client_secret = do-not-show", "[default]\ndo-not-show"])("a line that is none: %j", (broken) => {
  const error = errorOf(() => parseEdgerc(broken, "default", "f"));
  expect(error.code).toBe("invalid_credentials");
  expect(error.message).toMatch(/^line \d of f/);
  expect(error.message).not.toContain("do-not-show");
});

describe("the environment", () => {
  const environment = {
    AKAMAI_HOST: "h.example.test",
    AKAMAI_CLIENT_TOKEN: "ct",
    AKAMAI_CLIENT_SECRET: "cs",
    AKAMAI_ACCESS_TOKEN: "at",
  };
  const expected = { host: "h.example.test", clientToken: "ct", clientSecret: "cs", accessToken: "at" };

  test("serves the default section, and others under their name", () => {
    expect(edgeGridCredentialsFromEnvironment(environment)).toEqual(expected);
    expect(edgeGridCredentialsFromEnvironment(environment, "prod")).toBeUndefined();
    const named = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key.replace("_", "_MY_PROD_"), value]),
    );
    expect(edgeGridCredentialsFromEnvironment(named, "my-prod")).toEqual(expected);
  });

  test("half of it is an error that names the rest", () => {
    const error = errorOf(() =>
      edgeGridCredentialsFromEnvironment({ AKAMAI_HOST: "h", AKAMAI_CLIENT_SECRET: "do-not-show" }),
    );
    expect(error.message).toBe("the environment lacks AKAMAI_CLIENT_TOKEN, AKAMAI_ACCESS_TOKEN");
  });

  test("nothing set is no credentials", () => {
    expect(edgeGridCredentialsFromEnvironment({ AKAMAI_HOST: "" })).toBeUndefined();
  });
});

describe("loadEdgeGridCredentials", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "edgerc-"));
    file = join(folder, "named");
    writeFileSync(file, text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const environment = {
    AKAMAI_HOST: "e.test",
    AKAMAI_CLIENT_TOKEN: "a",
    AKAMAI_CLIENT_SECRET: "b",
    AKAMAI_ACCESS_TOKEN: "c",
  };

  test("a named file comes first, then the environment, then the home folder", () => {
    const homeFolder = folder;
    expect(loadEdgeGridCredentials({ edgercFile: file, environment, homeFolder })).toEqual(one);
    expect(loadEdgeGridCredentials({ environment: { ...environment, AKAMAI_EDGERC: file }, homeFolder })).toEqual(one);
    expect(loadEdgeGridCredentials({ environment, homeFolder }).host).toBe("e.test");
    writeFileSync(join(folder, ".edgerc"), text);
    expect(loadEdgeGridCredentials({ environment: {}, homeFolder })).toEqual(one);
    const section = loadEdgeGridCredentials({ environment: { AKAMAI_EDGERC_SECTION: "team one" }, homeFolder });
    expect(section.clientToken).toBe("ct-2");
  });

  test("says which file is missing, and the other way", () => {
    const error = errorOf(() => loadEdgeGridCredentials({ environment: {}, homeFolder: folder }));
    expect(error).toMatchObject({ code: "missing_file" });
    expect(error.message).toContain(join(folder, ".edgerc"));
    expect(error.hint).toContain("AKAMAI_HOST");
  });
});
