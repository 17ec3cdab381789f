import { Testing } from "cdktf";
import { UnexpiredCertificate, UnexpiredDnsRecord, UnexpiredProvider, UnexpiredRollout } from "../../../../constructs";
import {
  type AttributeTable,
  type AttributeType,
  attributeName,
  attributesToTerraform,
} from "../../../../constructs/bindings/attributes";
import { certificateSchema } from "../../../../src/provider/resources/certificate/schema";
import { dnsRecordSchema } from "../../../../src/provider/resources/dns-record/schema";
import { rolloutSchema } from "../../../../src/provider/resources/rollout/schema";
import { providerSchema } from "../../../../src/provider/resources/provider-schema";
import type { Attributes, ValueType } from "../../../../src/provider/wire/block-type";
import { makeStack } from "../../../support/synthesize-stack";

/** A table of ours and a schema of the provider in one notation: name → "mode type", nested ones as objects. */
type Notation = { readonly [name: string]: string | Notation };

const notationOfTable = (table: AttributeTable): Notation =>
  Object.fromEntries(
    Object.entries(table).map(([prop, { type, mode }]) => [attributeName(prop), tableEntry(type, mode)]),
  );

function tableEntry(type: AttributeType, mode: string): string | Notation {
  if (typeof type === "string") return `${mode} ${type}`;
  return "object" in type
    ? { "(mode)": `${mode} object`, ...notationOfTable(type.object) }
    : { "(mode)": `${mode} list`, ...notationOfTable(type.list) };
}

const notationOfSchema = (attributes: Attributes): Notation =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, mode }]) => [
      name,
      schemaEntry(type, mode === "defaulted" || mode === "optionalComputed" ? "optional" : mode),
    ]),
  );

function schemaEntry(type: ValueType, mode: string): string | Notation {
  if (type.kind === "object") return { "(mode)": `${mode} object`, ...notationOfSchema(type.attributes) };
  if (!("element" in type)) return `${mode} ${type.kind}`;
  if (type.element.kind === "object")
    return { "(mode)": `${mode} ${type.kind}`, ...notationOfSchema(type.element.attributes) };
  return `${mode} ${type.kind}(${type.element.kind})`;
}

test.each([
  ["provider block", UnexpiredProvider.attributes, providerSchema],
  ["unexpired_certificate", UnexpiredCertificate.attributes, certificateSchema],
  ["unexpired_dns_record", UnexpiredDnsRecord.attributes, dnsRecordSchema],
  ["unexpired_rollout", UnexpiredRollout.attributes, rolloutSchema],
])("%s: our table is the provider's schema", (_, table, schema) => {
  expect(notationOfTable(table)).toEqual(notationOfSchema(schema.attributes));
});

test("every computed attribute can be referred to", () => {
  const stack = makeStack();
  const resource = new UnexpiredCertificate(stack, "web", {
    name: "web",
    domainNames: ["a.example.gov"],
    issuer: { directoryUrl: "https://ca.example.gov" },
    zones: [],
  });
  const computed = Object.entries(UnexpiredCertificate.attributes).filter(([, { mode }]) => mode === "computed");
  expect(computed.length).toBeGreaterThan(5);
  for (const [prop] of computed) expect(resource).toHaveProperty(prop, expect.any(String));
});

test("what is not set is left out, false and 0 stay", () => {
  const table: AttributeTable = {
    firstName: { type: "string", mode: "optional" },
    count: { type: "number", mode: "optional" },
    isOn: { type: "bool", mode: "optional" },
    arn: { type: "string", mode: "computed" },
  };
  const settings = { firstName: undefined, count: 0, isOn: false, arn: "x", other: 1 };
  expect(attributesToTerraform(table, settings)).toEqual({ count: 0, is_on: false });
});

test("as HCL, nested objects are arguments and not blocks", () => {
  const stack = makeStack();
  UnexpiredProvider.ensureIn(stack);
  new UnexpiredCertificate(stack, "web", {
    name: "web",
    domainNames: ["a.example.gov", "*.example.gov"],
    issuer: { directoryUrl: "https://ca.example.gov", externalAccountBinding: { keyId: "k", hmacKeyEnv: "E" } },
    zones: [{ name: "example.gov", type: "edge_dns" }],
    renewal: { ari: false, daysBeforeExpiry: 3 },
    lifecycle: { createBeforeDestroy: true },
  });
  const hcl = String(Testing.synthHcl(stack)).replace(/\s+/g, " ");
  expect(hcl).toContain(
    'resource "unexpired_certificate" "web" { name = "web" domain_names = [ "a.example.gov", "*.example.gov", ] ' +
      'issuer = { directory_url = "https://ca.example.gov" external_account_binding = { key_id = "k" hmac_key_env = "E" } } ' +
      'zones = [ { name = "example.gov" type = "edge_dns" }, ] renewal = { days_before_expiry = 3 ari = false } ' +
      "lifecycle { create_before_destroy = true } }",
  );
});
