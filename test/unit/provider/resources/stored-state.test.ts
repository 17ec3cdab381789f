/**
 * States as released versions wrote them (test/vectors/state/TYPE.vSCHEMA.json). A later version must read each of them:
 * a change of schema adds a vector and an upgrade, and never changes a vector that is there.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { certificatePrivateData } from "../../../../src/provider/resources/certificate/private-data";
import { dnsRecordPrivateData } from "../../../../src/provider/resources/dns-record/private-data";
import { rolloutPrivateData } from "../../../../src/provider/resources/rollout/private-data";
import { unexpiredProvider } from "../../../../src/provider/resources/provider";
import type { ObjectValue } from "../../../../src/provider/wire/value";
import { ProviderCalls } from "../../../support/provider-calls";

interface StoredState {
  readonly typeName: string;
  readonly version: number;
  readonly attributes: ObjectValue;
  readonly private: { readonly version: number; readonly data: unknown };
}

const folder = join(__dirname, "../../../vectors/state");
const vectors = readdirSync(folder).map((name) => [name, read(name)] as const);

function read(name: string): StoredState {
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as StoredState;
}

test("every resource has a vector of its present schema", () => {
  const { resources } = unexpiredProvider("0.0.0");
  const present = resources.map(({ typeName, schema }) => `${typeName}.v${schema.version}.json`);
  expect(vectors.map(([name]) => name)).toEqual(expect.arrayContaining(present));
});

test.each(vectors)("%s is read", async (_, { typeName, version, attributes }) => {
  const calls = new ProviderCalls(unexpiredProvider("0.0.0"));
  const rawState = { json: Buffer.from(JSON.stringify(attributes)) };
  const answer = await calls.call("UpgradeResourceState", { typeName, version, rawState });
  expect(answer.diagnostics ?? []).toEqual([]);
  expect(calls.value(typeName, answer.upgradedState)).toMatchObject(attributes);
});

const privateData = {
  unexpired_certificate: certificatePrivateData,
  unexpired_dns_record: dnsRecordPrivateData,
  unexpired_rollout: rolloutPrivateData,
};

test.each(vectors)("private data of %s is read", (_, { typeName, private: kept }) => {
  const known = privateData[typeName as keyof typeof privateData];
  expect(kept.version).toBe(known.version);
  expect(known.parse(kept.data)).toEqual(kept.data);
});
