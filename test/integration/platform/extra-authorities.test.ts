/** Servers whose authority only an extra file names, asked over real TLS by everything of ours that connects. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcmeConnection } from "../../../src/acme/connection";
import { nameExtraAuthorities } from "../../../src/platform/extra-authorities";
import { HttpClient, type HttpClientOptions } from "../../../src/platform/http";
import { silentLogger, type Logger } from "../../../src/platform/log";
import { createThrowawayCa } from "../../../src/sandbox/throwaway-tls";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { startTlsFront, type TlsFront } from "../../support/tls-front";

let folder: string;
let emulated: EmulatedAws;
let front: TlsFront;
let frontFile: string;
/** A file with another authority, which says nothing about the front. */
let otherFile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "extra-authorities-"));
  emulated = await startEmulatedAws();
  front = await startTlsFront(emulated.aws.endpointUrl);
  frontFile = file("front.pem", front.caPem);
  otherFile = file("other.pem", (await createThrowawayCa()).caPem);
});

afterEach(() => nameExtraAuthorities({}, silentLogger));

afterAll(async () => {
  await front.close();
  await emulated.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function httpStatus(options: HttpClientOptions = {}): Promise<number> {
  const http = new HttpClient(options);
  try {
    return (await http.send({ method: "GET", url: front.url })).status;
  } finally {
    await http.close();
  }
}

/** The emulated AWS refuses a request without a signature: an answer, so the connection was trusted. */
const answered = 403;
const untrusted = /certificate/;

/** One call by the AWS SDK through the front. */
const awsSecret = () =>
  emulated
    .access({ endpointUrl: front.url }, { sleep: () => Promise.resolve() })
    .secrets()
    .get("nothing");

test("an authority that nobody named is refused", async () => {
  await expect(httpStatus()).rejects.toThrow(untrusted);
  await expect(httpStatus({ caFile: otherFile })).rejects.toThrow(untrusted);
  await expect(awsSecret()).rejects.toThrow(untrusted);
});

test("one that the launcher handed on is trusted, by HttpClient and by the AWS SDK", async () => {
  nameExtraAuthorities({ UNEXPIRED_EXTRA_CA_CERTS: frontFile }, silentLogger);
  expect(await httpStatus()).toBe(answered);
  expect(await awsSecret()).toBeUndefined();
});

test.each(["NODE_EXTRA_CA_CERTS", "UNEXPIRED_EXTRA_CA_CERTS"])(
  "one that %s names is trusted also where a file of one's own is given, and that file too",
  async (variable) => {
    nameExtraAuthorities({ [variable]: frontFile }, silentLogger);
    expect(await httpStatus({ caFile: otherFile })).toBe(answered);
    nameExtraAuthorities({ [variable]: otherFile }, silentLogger);
    expect(await httpStatus({ caFile: frontFile })).toBe(answered);
  },
);

test("a connection to a CA trusts it as well", async () => {
  nameExtraAuthorities({ UNEXPIRED_EXTRA_CA_CERTS: frontFile }, silentLogger);
  const connection = new AcmeConnection({ directoryUrl: `${front.url}/directory`, caFile: otherFile });
  expect(await connection.send({ method: "GET", url: connection.directoryUrl })).toMatchObject({ status: answered });
  await connection.close();
});

test("where both variables are set, the authorities of both are trusted", async () => {
  for (const [ours, nodes] of [
    [frontFile, otherFile],
    [otherFile, frontFile],
  ]) {
    nameExtraAuthorities({ UNEXPIRED_EXTRA_CA_CERTS: ours, NODE_EXTRA_CA_CERTS: nodes }, silentLogger);
    expect(await httpStatus()).toBe(answered);
  }
});

test.each([
  ["is not there", () => join(folder, "missing.pem"), /are not trusted: .*ENOENT/],
  ["is a folder", () => folder, /are not trusted: .*EISDIR/],
  ["holds no certificate", () => file("empty.pem", "# none\n"), /are not trusted: .*no certificate/],
])("a file that %s is a warning at the first connection, and all else is trusted", async (_, path, warning) => {
  const lines: string[] = [];
  const logger: Logger = { log: (level, message) => lines.push(`${level}: ${message}`) };
  nameExtraAuthorities({ UNEXPIRED_EXTRA_CA_CERTS: path() }, logger);
  await new HttpClient().close();
  expect(lines).toEqual([]);
  expect(await httpStatus({ caFile: frontFile })).toBe(answered);
  await expect(httpStatus()).rejects.toThrow(untrusted);
  expect(lines).toEqual([expect.stringMatching(warning)]);
  expect(lines[0]).toContain(path());
});
