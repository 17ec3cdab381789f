/** The types an author of a resource works with: inferred from the schema, checked by the compiler. */
import { defineResource, type ResourceOperations } from "../../../../src/provider/rpc/resource";
import { computed, optional, optionalComputed, required, writeOnly } from "../../../../src/provider/schema/attributes";
import { defineSchema, listBlock, singleBlock } from "../../../../src/provider/schema/schema";
import { bool, list, map, number, object, oneOf, set, string } from "../../../../src/provider/schema/value-types";
import type { ConfigOf, KnownConfigOf, PlanOf, PriorOf, StateOf } from "../../../../src/provider/schema/values";
import { UNKNOWN, type Unknown } from "../../../../src/provider/wire/value";

const schema = defineSchema({
  attributes: {
    name: required(string),
    algorithm: optional(oneOf(["rsa", "ec"]), { default: "ec" }),
    ttl: optional(number),
    region: optionalComputed(string),
    serial: computed(string),
    password: writeOnly(string),
    names: required(set(string)),
    issuer: required(object({ url: required(string), test: optional(bool) })),
    zones: optional(list(object({ name: required(string), id: computed(string) }))),
    tags: optional(map(string)),
  },
  blocks: {
    action: listBlock({ attributes: { type: required(string) } }),
    policy: singleBlock({ attributes: { days: required(number) } }),
  },
});

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(equal: Equal<A, B>): void {
  expect(equal).toBe(true);
}

interface Kept {
  readonly due: boolean;
}

const operations: ResourceOperations<typeof schema, { readonly url: string }, Kept> = {
  privateData: { version: 1, parse: (json) => ({ due: (json as Kept).due }) },
  plan: async ({ proposed, private: kept }) => ({
    planned: kept?.due === true ? { ...proposed, serial: UNKNOWN } : proposed,
  }),
  read: async ({ state }, { data }) => (state.name === data.url ? null : { state: state as StateOf<typeof schema> }),
  create: async ({ planned }, context) => {
    context.checkpoint({ name: planned.name });
    return {
      state: {
        ...planned,
        serial: "1",
        region: planned.region === UNKNOWN ? "eu-west-1" : planned.region,
        zones: planned.zones?.map(({ name }) => ({ name, id: null })) ?? null,
      },
    };
  },
  delete: async () => undefined,
};

test("each view has the types of its schema", () => {
  same<StateOf<typeof schema>["name"], string>(true);
  same<StateOf<typeof schema>["algorithm"], "rsa" | "ec">(true);
  same<StateOf<typeof schema>["ttl"], number | null>(true);
  same<StateOf<typeof schema>["password"], null>(true);
  same<StateOf<typeof schema>["names"], readonly string[]>(true);
  same<StateOf<typeof schema>["issuer"]["test"], boolean | null>(true);
  same<StateOf<typeof schema>["action"], readonly { readonly type: string }[]>(true);
  same<StateOf<typeof schema>["policy"], { readonly days: number } | null>(true);
  same<ConfigOf<typeof schema>["name"], string | Unknown>(true);
  same<ConfigOf<typeof schema>["algorithm"], "rsa" | "ec" | Unknown | null>(true);
  same<ConfigOf<typeof schema>["serial"], null>(true);
  same<KnownConfigOf<typeof schema>["password"], string | null>(true);
  same<KnownConfigOf<typeof schema>["algorithm"], "rsa" | "ec" | null>(true);
  same<PlanOf<typeof schema>["serial"], string | Unknown | null>(true);
  same<PriorOf<typeof schema>["name"], string | null>(true);
  same<PriorOf<typeof schema>["action"], readonly { readonly type: string }[]>(true);
});

test("a resource is declared without naming a type twice", async () => {
  const resource = defineResource({ typeName: "toy_thing", schema, load: async () => operations });
  expect(await resource.load()).toBe(operations);
});
