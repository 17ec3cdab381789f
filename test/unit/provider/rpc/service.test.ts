/** The RPCs on a resource that does as each test wants. */
import { AppError } from "../../../../src/platform/errors";
import { sleep } from "../../../../src/platform/clock";
import { encodeValue } from "../../../../src/provider/rpc/dynamic-value";
import { defineProvider } from "../../../../src/provider/rpc/provider";
import { defineResource, type ResourceOperations } from "../../../../src/provider/rpc/resource";
import {
  computed,
  defineSchema,
  optional,
  required,
  set,
  string,
  timeouts,
  UNKNOWN,
  writeOnly,
} from "../../../../src/provider/schema";
import type { ObjectValue } from "../../../../src/provider/wire/value";
import { ProviderCalls } from "../../../support/provider-calls";

const schema = defineSchema({
  version: 2,
  attributes: {
    name: required(string, { requiresReplace: true }),
    names: optional(set(string)),
    secret: writeOnly(string),
    id: computed(string),
    timeouts: timeouts({ create: "1s" }),
  },
});

type Operations = ResourceOperations<typeof schema, { readonly url: string }, { readonly due: boolean }>;

const nothing = { name: null, names: null, secret: null, id: null, timeouts: null };
const planned: ObjectValue = { ...nothing, name: "a", id: UNKNOWN };
const stored = { ...nothing, name: "a", id: "1" };
const privateOf = (data: unknown, version = 1) => Buffer.from(JSON.stringify({ version, data }));

const plain: Operations = {
  privateData: { version: 1, parse: (json) => ({ due: (json as { due: boolean }).due }) },
  read: async ({ state }) => ({ state: { ...state, name: "a", secret: null } }),
  create: async ({ planned: plan }) => ({ state: { ...plan, id: "1" } }),
  update: async ({ planned: plan }) => ({ state: { ...plan, id: "1" } }),
  delete: async () => undefined,
};

let loads = 0;

async function provider(overrides: Partial<Operations> = {}, configuration: object = { url: "u" }) {
  loads = 0;
  const calls = new ProviderCalls(
    defineProvider({
      address: "example.com/test/test",
      version: "0.0.1",
      schema: defineSchema({ attributes: { url: required(string) } }),
      configure: async ({ url }) => ({ url }),
      resources: [
        defineResource({
          typeName: "test_thing",
          schema,
          load: async () => {
            loads++;
            return { ...plain, ...overrides };
          },
        }),
      ],
    }),
  );
  await calls.configure(configuration as { url: string });
  return calls;
}

const typeName = "test_thing";

describe("schema and validation", () => {
  test("never load the operations", async () => {
    const calls = await provider();
    const answer = await calls.call("GetProviderSchema");
    expect(Object.keys(answer.resourceSchemas as object)).toEqual([typeName]);
    expect(answer.serverCapabilities).toEqual({
      planDestroy: true,
      getProviderSchemaOptional: true,
      moveResourceState: true,
    });
    expect(await calls.call("GetMetadata")).toMatchObject({ resources: [{ typeName }] });
    expect(await calls.call("GetFunctions")).toEqual({});
    await calls.call("ValidateResourceConfig", { typeName });
    expect(loads).toBe(0);
  });

  test("tell each attribute's type and mode", async () => {
    const answer = await (await provider()).call("GetProviderSchema");
    const { version, block } = (
      answer.resourceSchemas as Record<string, { version: number; block: { attributes: object[] } }>
    )[typeName] as { version: number; block: { attributes: object[] } };
    expect(version).toBe(2);
    expect(block.attributes).toMatchObject([
      { name: "name", type: Buffer.from('"string"'), required: true, computed: false },
      { name: "names", type: Buffer.from('["set","string"]'), optional: true },
      { name: "secret", optional: true, writeOnly: true },
      { name: "id", computed: true, optional: false },
      { name: "timeouts", nestedType: { nesting: 1, attributes: [{ name: "create" }] } },
    ]);
  });
});

test("a resource type that is not there, and bytes that are no message, become diagnostics", async () => {
  const calls = await provider();
  const answer = await calls.call("ReadResource", { typeName: "test_other" });
  expect(answer.diagnostics).toMatchObject([
    { severity: 1, summary: "there is no resource type test_other in this provider" },
  ]);
  const bytes = await calls.service.call("ReadResource", Buffer.of(0xff));
  expect(Buffer.from(bytes ?? []).toString()).toContain("ends inside a number");
  expect(calls.service.call("ListResource", new Uint8Array())).toBeUndefined();
});

test("an operation without a configured provider says so", async () => {
  const calls = await provider({}, { url: null });
  const answer = await new ProviderCalls(calls.provider).read(typeName, stored);
  expect(answer.diagnostics).toMatchObject([
    { summary: "the provider was not configured, or its configuration failed" },
  ]);
});

describe("plan", () => {
  test("of a destruction passes the private data on", async () => {
    const kept = privateOf({ due: true });
    const answer = await (await provider()).plan({ typeName, prior: stored, private: kept });
    expect(answer.plannedPrivate).toEqual(kept);
  });

  test("of a destruction is told what speaks against it", async () => {
    const planDelete: Operations["planDelete"] = async ({ state, private: data }, { diagnostics }) =>
      diagnostics.error(`${state.name} stays: ${String(data?.due)}`);
    const calls = await provider({ planDelete });
    const answer = await calls.plan({ typeName, prior: stored, private: privateOf({ due: true }) });
    expect(answer.diagnostics?.map(({ summary }) => summary)).toEqual(["a stays: true"]);
  });

  test("names the changed attributes that replace", async () => {
    const calls = await provider();
    const config = { ...nothing, name: "b" };
    const answer = await calls.plan({ typeName, config, prior: stored, next: { ...config, id: "1" } });
    expect(answer.requiresReplace).toEqual([{ steps: [{ attributeName: "name" }] }]);
  });

  test("replaces on every change where there is no update", async () => {
    const calls = await provider({ update: undefined });
    const config = { ...nothing, name: "a", names: ["x"] };
    const answer = await calls.plan({ typeName, config, prior: stored, next: { ...config, id: "1" } });
    expect(answer.requiresReplace).toEqual([{ steps: [{ attributeName: "names" }] }]);
  });

  test.each([
    ["the verdict it stored", privateOf({ due: true }), { due: true }],
    ["nothing, of another version", privateOf({ due: true }, 2), null],
    ["nothing, where it is not JSON", Buffer.from("x"), null],
    ["nothing, where its parser throws", privateOf(null), null],
    ["nothing, where there is none", undefined, null],
  ])("sees as private data %s", async (_what, kept, expected) => {
    let seen: unknown;
    const calls = await provider({
      plan: async ({ private: verdict, proposed }) => {
        seen = verdict;
        return { planned: proposed };
      },
    });
    await calls.plan({ typeName, config: { ...nothing, name: "a" }, prior: stored, next: stored, private: kept });
    expect(seen).toEqual(expected);
  });

  test("with a value that breaks the schema is reported with type and place, never sent", async () => {
    const calls = await provider({ plan: async ({ proposed }) => ({ planned: { ...proposed, names: [5 as never] } }) });
    const answer = await calls.plan({ typeName, config: { ...nothing, name: "a" }, next: planned });
    expect(answer.plannedState).toBeUndefined();
    expect(answer.diagnostics).toMatchObject([
      {
        summary: "plan of test_thing: names[0] should be a string, is a number",
        // elements of sets have no address
        attribute: { steps: [{ attributeName: "names" }] },
      },
    ]);
  });
});

describe("apply", () => {
  const config = { ...nothing, name: "a" };

  test("creates, passing planned private data on unless the operation says otherwise", async () => {
    const kept = privateOf({ due: true });
    const created = await (await provider()).apply({ typeName, config, next: planned, private: kept });
    expect(created.private).toEqual(kept);
    const calls = await provider({
      create: async () => ({ state: { ...stored, secret: null }, private: { due: false } }),
    });
    const answer = await calls.apply({ typeName, config, next: planned, private: kept });
    expect(calls.value(typeName, answer.newState)).toEqual(stored);
    expect(answer.private).toEqual(privateOf({ due: false }));
  });

  test("write-only values are in the configuration only", async () => {
    let seen: unknown;
    const calls = await provider({
      create: async ({ config: written, planned: plan }) => {
        seen = [written.secret, plan.secret];
        return { state: { ...plan, id: "1" } };
      },
    });
    await calls.apply({ typeName, config: { ...config, secret: "s" }, next: planned });
    expect(seen).toEqual(["s", null]);
  });

  test("a create that throws leaves nothing; an update and a delete leave what was", async () => {
    const failure = async () => {
      throw new AppError("aws_denied", "not allowed", { hint: "ask for the right" });
    };
    const calls = await provider({ create: failure, update: failure, delete: failure });
    const kept = privateOf({ due: true });
    const created = await calls.apply({ typeName, config, next: planned });
    expect(calls.value(typeName, created.newState)).toBeNull();
    expect(created.diagnostics).toMatchObject([
      { severity: 1, summary: "not allowed", detail: "ask for the right\ncode: aws_denied" },
    ]);
    for (const next of [stored, null]) {
      const answer = await calls.apply({ typeName, config, prior: stored, next, private: kept });
      expect(calls.value(typeName, answer.newState)).toEqual(stored);
      expect(answer).toMatchObject({ private: kept, diagnostics: [{ summary: "not allowed" }] });
    }
  });

  test("a checkpoint is what stays when a create throws after it", async () => {
    const calls = await provider({
      create: async (_request, { checkpoint }) => {
        checkpoint({ id: "made" }, { due: true });
        throw new Error("late");
      },
    });
    const answer = await calls.apply({ typeName, config, next: planned });
    expect(calls.value(typeName, answer.newState)).toEqual({ ...planned, id: "made" });
    expect(answer).toMatchObject({ private: privateOf({ due: true }), diagnostics: [{ summary: "late" }] });
  });

  test("a checkpoint of an update keeps the prior values of the rest", async () => {
    const calls = await provider({
      update: async (_request, { checkpoint }) => {
        checkpoint({ names: ["y"] });
        throw new Error("late");
      },
    });
    const answer = await calls.apply({ typeName, config, prior: stored, next: { ...stored, names: ["x"] } });
    expect(calls.value(typeName, answer.newState)).toEqual({ ...stored, names: ["y"] });
  });

  test("a state that breaks the schema is reported, and what can be said of the resource is kept", async () => {
    const calls = await provider({
      create: async () => ({ state: { ...stored, secret: "s" as never, names: UNKNOWN as never } }),
    });
    const answer = await calls.apply({ typeName, config, next: planned });
    expect(calls.value(typeName, answer.newState)).toEqual(stored);
    expect(answer.diagnostics?.map(({ summary }) => summary)).toEqual([
      "create of test_thing: names is still unknown",
      "create of test_thing: secret is write-only and must be null",
    ]);
  });

  test("stop aborts the signal; the operation's error is the answer; a new configuration starts afresh", async () => {
    const waits: Operations["create"] = async ({ planned: plan }, { signal }) => {
      started();
      await sleep(60_000, signal);
      return { state: { ...plan, id: "1" } };
    };
    let started = () => undefined as void;
    const running = new Promise<void>((resolve) => (started = resolve));
    const calls = await provider({ create: waits });
    const answer = calls.apply({ typeName, config: { ...config, timeouts: null }, next: planned });
    await running;
    expect(await calls.call("StopProvider")).toEqual({});
    expect((await answer).diagnostics).toMatchObject([{ summary: "terraform was interrupted" }]);

    await calls.configure({ url: "u" });
    expect((await calls.apply({ typeName, config, prior: stored, next: stored })).diagnostics).toBeUndefined();
  });
});

describe("read", () => {
  test("answers null for what is gone, and keeps what is stored when it fails", async () => {
    const gone = await provider({ read: async () => null });
    expect(gone.value(typeName, (await gone.read(typeName, stored)).newState)).toBeNull();
    const broken = await provider({ read: async () => ({ state: { ...stored, secret: null, id: 7 as never } }) });
    const answer = await broken.read(typeName, stored, privateOf(1));
    expect(broken.value(typeName, answer.newState)).toEqual(stored);
    expect(answer).toMatchObject({
      private: privateOf(1),
      diagnostics: [{ summary: "read of test_thing: id should be a string, is a number" }],
    });
  });

  test("answers what is stored while provider settings are unknown; import and apply say why they cannot", async () => {
    const calls = await provider({ importState: async (id) => ({ state: { name: id } }) }, { url: UNKNOWN });
    expect(calls.value(typeName, (await calls.read(typeName, stored)).newState)).toEqual(stored);
    expect(loads).toBe(0);
    const imported = await calls.call("ImportResourceState", { typeName, id: "a" });
    expect(imported.diagnostics).toMatchObject([{ summary: "the provider's configuration is not known yet" }]);
  });
});

describe("state of another time", () => {
  const upgrade = (calls: ProviderCalls, version: number, json: string) =>
    calls.call("UpgradeResourceState", { typeName, version, rawState: { json: Buffer.from(json) } });

  test("of the same version is completed and passed through", async () => {
    const calls = await provider();
    const answer = await upgrade(calls, 2, '{"name":"a","id":"1","gone":true}');
    expect(calls.value(typeName, answer.upgradedState)).toEqual(stored);
    expect(loads).toBe(0);
  });

  test("of an older version goes through the resource, which may have no way", async () => {
    const calls = await provider({
      upgradeState: (version, state) => ({ name: `${state.title as string}-${version}` }),
    });
    const answer = await upgrade(calls, 1, '{"title":"old"}');
    expect(calls.value(typeName, answer.upgradedState)).toEqual({ ...nothing, name: "old-1" });
    expect((await upgrade(await provider(), 1, "{}")).diagnostics).toMatchObject([
      { summary: "state version 1 of test_thing is unknown to this provider" },
    ]);
  });

  test("of Terraform 0.11, or of another shape, is refused", async () => {
    const calls = await provider();
    expect((await calls.call("UpgradeResourceState", { typeName, version: 2 })).diagnostics).toHaveLength(1);
    expect((await upgrade(calls, 2, '{"name":{}}')).diagnostics).toMatchObject([
      { summary: "name should be a string, is an object" },
    ]);
  });
});

test("what we do not offer is refused in words", async () => {
  const calls = await provider();
  expect(await calls.call("CallFunction", { name: "f" })).toEqual({
    error: { text: "there is no function f in this provider" },
  });
  for (const [name, text] of [
    ["OpenEphemeralResource", "there is no ephemeral resource x in this provider"],
    ["RenewEphemeralResource", "there is no ephemeral resource x in this provider"],
    ["CloseEphemeralResource", "there is no ephemeral resource x in this provider"],
    ["ValidateEphemeralResourceConfig", "there is no ephemeral resource x in this provider"],
  ] as const)
    expect((await calls.call(name, { typeName: "x" })).diagnostics).toMatchObject([{ severity: 1, summary: text }]);
  const imported = await calls.call("ImportResourceState", { typeName, id: "a" });
  expect(imported.diagnostics).toMatchObject([{ summary: "a test_thing cannot be imported" }]);
  const moved = await calls.call("MoveResourceState", { sourceTypeName: "x", targetTypeName: typeName });
  expect(moved.diagnostics).toMatchObject([{ summary: "a x cannot be moved to a test_thing" }]);
});

test("an older terraform is told that it lacks write-only attributes", async () => {
  const calls = await provider();
  const config = encodeValue({ ...nothing, name: "a", secret: "s" }, schema);
  const answer = await calls.call("ValidateResourceConfig", { typeName, config });
  expect(answer.diagnostics).toMatchObject([{ summary: "secret is write-only, which this terraform does not know" }]);
});
