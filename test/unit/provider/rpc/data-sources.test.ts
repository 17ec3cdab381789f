/** The RPCs about data sources; the data source does as each test wants and shares its name with a resource. */
import { AppError } from "../../../../src/platform/errors";
import { defineDataSource, type DataSourceOperations } from "../../../../src/provider/rpc/data-source";
import { decodeValue, encodeValue } from "../../../../src/provider/rpc/dynamic-value";
import { defineProvider } from "../../../../src/provider/rpc/provider";
import { defineResource } from "../../../../src/provider/rpc/resource";
import {
  computed,
  defineSchema,
  list,
  notEmpty,
  optional,
  required,
  string,
  UNKNOWN,
} from "../../../../src/provider/schema";
import type { DynamicValue } from "../../../../src/provider/wire/tfplugin6/common";
import type { ObjectValue } from "../../../../src/provider/wire/value";
import { ProviderCalls } from "../../../support/provider-calls";

const typeName = "test_thing";

const schema = defineSchema({
  attributes: {
    name: required(string, { validate: notEmpty }),
    filter: optional(string),
    found: computed(list(string)),
  },
});

type Read = DataSourceOperations<typeof schema, { readonly url: string }>["read"];

const config: ObjectValue = { name: "a", filter: null, found: null };

let loads: number;

async function provider(read: Read = async ({ name, filter }, { data }) => ({ name, filter, found: [data.url] })) {
  loads = 0;
  const calls = new ProviderCalls(
    defineProvider({
      address: "example.com/test/test",
      version: "0.0.1",
      schema: defineSchema({ attributes: { url: required(string) } }),
      configure: async ({ url }) => ({ url }),
      resources: [
        defineResource<ReturnType<typeof otherSchema>, { readonly url: string }, never>({
          typeName,
          schema: otherSchema(),
          load: () => Promise.reject(new Error("a resource was loaded")),
        }),
      ],
      dataSources: [
        defineDataSource<typeof schema, { readonly url: string }>({
          typeName,
          schema,
          validate(given, diagnostics) {
            if (given.filter === given.name) diagnostics.error("filter says nothing", { path: ["filter"] });
          },
          load: () => {
            loads++;
            return Promise.resolve({ read });
          },
        }),
      ],
    }),
  );
  await calls.configure({ url: "u" });
  return calls;
}

const otherSchema = () => defineSchema({ attributes: { colour: optional(string) } });

async function readIn(calls: ProviderCalls, given: ObjectValue = config) {
  const answer = await calls.call("ReadDataSource", { typeName, config: encodeValue(given, schema) });
  return { ...answer, state: decodeValue(answer.state as DynamicValue | undefined, schema) };
}

const validate = async (calls: ProviderCalls, given: ObjectValue) =>
  (await calls.call("ValidateDataResourceConfig", { typeName, config: encodeValue(given, schema) })).diagnostics;

test("are named in schema and metadata, beside a resource of the same name", async () => {
  const calls = await provider();
  const answer = await calls.call("GetProviderSchema");
  expect(Object.keys(answer.dataSourceSchemas as object)).toEqual([typeName]);
  expect(Object.keys(answer.resourceSchemas as object)).toEqual([typeName]);
  expect(await calls.call("GetMetadata")).toMatchObject({ dataSources: [{ typeName }], resources: [{ typeName }] });
});

test("are validated by the schema and by their own rules, without being loaded", async () => {
  const calls = await provider();
  expect(await validate(calls, config)).toBeUndefined();
  expect(await validate(calls, { ...config, name: UNKNOWN })).toBeUndefined();
  // the paths of diagnostics are those of the data source, not of the resource
  expect(await validate(calls, { ...config, name: "" })).toMatchObject([
    { summary: "must not be empty", attribute: { steps: [{ attributeName: "name" }] } },
  ]);
  expect(await validate(calls, { ...config, filter: "a" })).toMatchObject([{ summary: "filter says nothing" }]);
  expect(loads).toBe(0);
});

test("are read with what configure made, and loaded once", async () => {
  const calls = await provider();
  expect((await readIn(calls)).state).toEqual({ name: "a", filter: null, found: ["u"] });
  expect((await readIn(calls, { ...config, filter: "b" })).state).toEqual({ name: "a", filter: "b", found: ["u"] });
  expect(loads).toBe(1);
});

test("what reading throws is told, and nothing is answered", async () => {
  const calls = await provider(() =>
    Promise.reject(new AppError("invalid_argument", "there is no thing a", { hint: "look at its name" })),
  );
  const { state, diagnostics } = await readIn(calls);
  expect(state).toBeNull();
  expect(diagnostics).toMatchObject([{ severity: 1, summary: "there is no thing a" }]);
});

test("an answer that breaks the schema is a defect that is named", async () => {
  const calls = await provider(() => Promise.resolve({ name: "a", filter: null, found: "u" } as never));
  const { state, diagnostics } = await readIn(calls);
  expect(state).toBeNull();
  expect(diagnostics).toMatchObject([
    { summary: expect.stringContaining("read of data source test_thing: found") as string },
  ]);
});

test("one that the provider does not have is refused in words", async () => {
  const calls = await provider();
  for (const name of ["ReadDataSource", "ValidateDataResourceConfig"])
    expect((await calls.call(name, { typeName: "x" })).diagnostics).toMatchObject([
      { severity: 1, summary: "there is no data source x in this provider" },
    ]);
});
