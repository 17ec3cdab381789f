import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chainPem, parseCertificateChain } from "../../../../../src/certificates/certificate-chain";
import { certIdOf } from "../../../../../src/issuance/cert-id-of";
import { generationTag, nameTag } from "../../../../../src/issuance/certificate-tags";
import { AppError } from "../../../../../src/platform/errors";
import { silentLogger } from "../../../../../src/platform/log";
import { engineOf } from "../../../../../src/provider/resources/engine";
import type { CertificatePrivate } from "../../../../../src/provider/resources/certificate/private-data";
import { readCertificate } from "../../../../../src/provider/resources/certificate/read";
import type { CertificatePrior, CertificateState } from "../../../../../src/provider/resources/certificate/schema";
import { chainFacts } from "../../../../../src/provider/resources/certificate/state";
import { resolveSettings } from "../../../../../src/provider/resources/settings";
import { Diagnostics } from "../../../../../src/provider/schema";
import { certificatePrivate, certificateState } from "../../../../support/certificate-state";
import { MemoryCertificateStore, type KeptCertificate } from "../../../../support/memory-certificate-store";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../../../support/test-certificates";

const names = ["app.example.gov", "*.app.example.gov"];
const now = new Date("2026-01-15T00:00:00Z");

let ca: TestCa;
let folder: string;
beforeAll(async () => {
  ca = await createTestCa();
  folder = mkdtempSync(join(tmpdir(), "read-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

let memory: MemoryCertificateStore;
let regions: unknown[];
beforeEach(() => {
  memory = new MemoryCertificateStore();
  regions = [];
});

/** A CA is not asked: that is ask-renewal-info's matter. */
const renewal = { enabled: true, ari: false, days_before_expiry: null };

function read(state: CertificatePrior, known: CertificatePrivate | null) {
  const nothing = { region: null, profile: null, assume_role: null, edge_dns: null };
  const data = resolveSettings(
    { ...nothing, account_store: null, policy: null, name_servers: null },
    { XDG_CACHE_HOME: folder },
    folder,
  );
  const certificates = (region: unknown) => {
    regions.push(region);
    return memory.store;
  };
  Object.assign(engineOf(data), { certificates });
  const context = { data, clock: { now: () => now }, log: silentLogger, diagnostics: new Diagnostics() };
  return readCertificate({ state, private: known }, { ...context, signal: new AbortController().signal });
}

/** A certificate in ACM with the state and the private data that an apply would have left. */
async function kept(options: TestLeafOptions = {}, more: Partial<KeptCertificate> = {}) {
  const leaf = await ca.leaf({ names, ...options });
  const tags = { [nameTag]: "stack/web", [generationTag]: "g1", team: "web", "aws:cloudformation:stack": "s" };
  const material = { certificatePem: leaf.leafPem, chainPem: ca.intermediatePem };
  const { arn, importedAt } = memory.add(material, { tags, ...more });
  const chain = parseCertificateChain(leaf.chainPem);
  const facts = chainFacts(chain.leaf, chainPem(chain));
  const state = certificateState({ ...facts, arn, renewal, tags: { team: "web" } });
  const known = certificatePrivate({
    importedAt: importedAt.toISOString(),
    notAfter: facts.not_after,
    certId: certIdOf(chain.leaf),
  });
  return { arn, state, known, facts };
}

const asked = (method: string) => memory.calls.some((call) => call.startsWith(`${method} `));

test("unchanged by import time, end and key: as stored, from lists alone, with the moment of this refresh", async () => {
  const { state, known } = await kept();
  await expect(read(state, known)).resolves.toEqual({ state, private: { ...known, refreshedAt: now.toISOString() } });
  expect(memory.calls).toEqual([]);
  expect(regions).toEqual(["us-east-1"]);
});

test("imported anew by somebody: serial, dates, chain and certID are those in place, what the CA said is forgotten", async () => {
  const before = await kept();
  const ari = { start: "2026-02-01T00:00:00Z", end: "2026-02-02T00:00:00Z", askAgainAt: "2027-01-01T00:00:00Z" };
  const after = await kept({ names: [...names, "more.example.gov"] }, { arn: before.arn, importedAt: now });
  const answer = await read(before.state, { ...before.known, ari });
  expect(answer?.state).toEqual({
    ...before.state,
    ...after.facts,
    domain_names: [...names, "more.example.gov"],
  });
  expect(answer?.private).toEqual({ ...after.known, ari: undefined, refreshedAt: now.toISOString() });
});

test("names in the order and spelling of the configuration are no drift", async () => {
  const { arn, state, known } = await kept();
  await kept({}, { arn, importedAt: now });
  const written = ["*.app.example.gov", "APP.example.gov"];
  const answer = await read({ ...state, domain_names: written }, known);
  expect(answer?.state.domain_names).toEqual(written);
});

test("tags of ours and of AWS never show; a change by hand does, also where the tagging API lags", async () => {
  const { arn, state, known } = await kept();
  Object.assign(memory.kept.get(arn)?.tags ?? {}, { team: "platform" });
  expect((await read(state, known))?.state.tags).toEqual({ team: "platform" });
  // lists show the old tags for a while: what ACM itself says counts
  memory.inventory.tagsByKey = async () => new Map([[arn, { [nameTag]: "stack/web", team: "other" }]]);
  expect((await read(state, known))?.state.tags).toEqual({ team: "platform" });
});

test.each<[string, CertificateState["tags"]]>([
  ["null", null],
  ["empty", {}],
])("no tags stay as they were written: %s", async (_, tags) => {
  const { state, known } = await kept({}, { tags: { [nameTag]: "stack/web" } });
  expect((await read({ ...state, tags }, known))?.state.tags).toEqual(tags);
});

test("gone for sure: null; never made: null without a question", async () => {
  const { arn, state, known } = await kept();
  memory.kept.delete(arn);
  await expect(read(state, known)).resolves.toBeNull();
  memory.calls.length = 0;
  await expect(read({ ...state, arn: null }, known)).resolves.toBeNull();
  expect(memory.calls).toEqual([]);
});

test("not in the lists, but there: it is described", async () => {
  const { arn, state, known } = await kept();
  memory.unlisted.add(arn);
  expect((await read(state, known))?.state).toEqual(state);
  expect(asked("describe")).toBe(true);
});

test("another account's credentials are an error, and nothing counts as gone", async () => {
  const { arn, state, known } = await kept();
  memory.unlisted.add(arn);
  const error = new AppError("aws_wrong_account", "both accounts");
  memory.failures.push({ method: "describe", error });
  await expect(read(state, known)).rejects.toBe(error);
});

test("just imported into terraform: all that ACM tells, no verdict, the region of the ARN", async () => {
  const { arn, facts } = await kept();
  const blank = Object.fromEntries(Object.keys(certificateState()).map((name) => [name, null])) as CertificatePrior;
  const answer = await read({ ...blank, arn }, null);
  expect(answer).toMatchObject({
    state: { arn, name: "stack/web", domain_names: names, region: "us-east-1", tags: { team: "web" }, ...facts },
    private: null,
  });
});

test("a certificate that Amazon issued cannot be imported into terraform", async () => {
  const { state } = await kept({}, { type: "AMAZON_ISSUED" });
  await expect(read(state, null)).rejects.toMatchObject({
    code: "invalid_argument",
    message: expect.stringContaining("not an imported certificate but AMAZON_ISSUED") as string,
  });
});
