/** A provider whose resources are entries of a JSON file: small, but with one of everything the framework offers. */
import type { ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { AppError } from "../../src/platform/errors";
import { sleep } from "../../src/platform/clock";
import { defineDataSource } from "../../src/provider/rpc/data-source";
import { defineProvider, type Provider } from "../../src/provider/rpc/provider";
import { defineResource, type ResourceOperations } from "../../src/provider/rpc/resource";
import {
  bool,
  computed,
  defineSchema,
  integerBetween,
  isUnknown,
  list,
  listBlock,
  map,
  notEmpty,
  number,
  object,
  oneOf,
  optional,
  optionalComputed,
  required,
  set,
  string,
  timeouts,
  UNKNOWN,
  writeOnly,
  type StateOf,
} from "../../src/provider/schema";
import { waitForFile } from "./wait-for-file";

export const toyAddress = "registry.terraform.io/unexpired/toy";

export const toySchema = defineSchema({
  description: "a thing in a file",
  attributes: {
    name: required(string, { requiresReplace: true, validate: notEmpty }),
    flavour: optional(oneOf(["sweet", "sour"]), { default: "sweet" }),
    ratio: optional(number),
    names: optional(set(string, { each: notEmpty })),
    region: optionalComputed(string),
    secret: writeOnly(string),
    secret_version: optional(number, { validate: integerBetween({ min: 1, max: 9 }) }),
    tags: optional(map(string)),
    zones: optional(list(object({ name: required(string), id: computed(string), active: optional(bool) }))),
    serial: computed(string),
    arn: computed(string),
    work_seconds: optional(number),
    fail_after_create: optional(bool),
    timeouts: timeouts({ create: "30s" }),
  },
  blocks: { rule: listBlock({ attributes: { weight: required(number) } }) },
});

type ToyState = StateOf<typeof toySchema>;

interface Kept {
  readonly due: boolean;
}

/** What lies in the file, by name. `due` makes the next refresh want a new serial. */
export interface StoredThing {
  readonly serial: number;
  readonly secretLength: number;
  readonly due: boolean;
}

export class ToyStore {
  constructor(private readonly path: string) {}

  all(): Readonly<Record<string, StoredThing>> {
    try {
      return JSON.parse(readFileSync(this.path, "utf8")) as Record<string, StoredThing>;
    } catch {
      return {};
    }
  }

  put(name: string, thing: StoredThing): void {
    writeFileSync(this.path, JSON.stringify({ ...this.all(), [name]: thing }));
  }

  remove(name: string): void {
    writeFileSync(this.path, JSON.stringify({ ...this.all(), [name]: undefined }));
  }

  /** This create is running from now on. */
  begin(name: string): void {
    writeFileSync(this.mark(name), "");
  }

  /** Resolves when it runs: terraform says "Creating..." before it asks the provider to. */
  async hasBegun(name: string, terraform: ChildProcess): Promise<void> {
    await waitForFile(this.mark(name), terraform);
  }

  private mark(name: string): string {
    return `${this.path}.${name}.begun`;
  }
}

const operations: ResourceOperations<typeof toySchema, ToyStore, Kept> = {
  privateData: { version: 1, parse: (json) => ({ due: (json as Kept).due }) },

  async plan({ prior, proposed, changed, private: kept }, { diagnostics }) {
    if (prior === null || !(changed || kept?.due === true)) return { planned: proposed };
    if (kept?.due === true) diagnostics.warning("the serial is due", { path: ["serial"] });
    return { planned: { ...proposed, serial: UNKNOWN } };
  },

  async read({ state }, { data: store }) {
    const thing = store.all()[state.name ?? ""];
    if (thing === undefined || state.name === null) return null;
    const { name } = state;
    return {
      state: {
        ...state,
        name,
        flavour: state.flavour ?? "sweet",
        serial: String(thing.serial),
        arn: `arn:toy:${name}`,
        region: state.region ?? "eu-west-1",
        secret: null,
      },
      private: { due: thing.due },
    };
  },

  async create({ config, planned }, { data: store, signal, checkpoint }) {
    store.begin(planned.name);
    await sleep((planned.work_seconds ?? 0) * 1000, signal);
    store.put(planned.name, { serial: 1, secretLength: config.secret?.length ?? 0, due: false });
    checkpoint({ name: planned.name, serial: "1" });
    if (planned.fail_after_create === true)
      throw new AppError("internal", "the thing was made and then broke", { hint: "apply again" });
    return { state: settled(planned, 1) };
  },

  async update({ config, planned }, { data: store, signal }) {
    await sleep((planned.work_seconds ?? 0) * 1000, signal);
    const serial = (store.all()[planned.name]?.serial ?? 0) + 1;
    store.put(planned.name, { serial, secretLength: config.secret?.length ?? 0, due: false });
    return { state: settled(planned, serial), private: null };
  },

  async delete({ state }, { data: store }) {
    store.remove(state.name ?? "");
  },

  async importState(id) {
    if (id.includes("/")) throw new AppError("invalid_argument", `${id} is not a name`, { hint: "leave out slashes" });
    return { state: { name: id } };
  },
};

function settled(planned: Parameters<typeof operations.create>[0]["planned"], serial: number): ToyState {
  return {
    ...planned,
    serial: String(serial),
    arn: `arn:toy:${planned.name}`,
    region: isUnknown(planned.region) ? "eu-west-1" : planned.region,
    zones: planned.zones?.map((zone) => ({ ...zone, id: `zone-${zone.name}` })) ?? null,
  };
}

const foundSchema = defineSchema({ attributes: { name: required(string), arn: computed(string) } });

/** `data "toy_thing"`: an entry by its name. */
const found = defineDataSource<typeof foundSchema, ToyStore>({
  typeName: "toy_thing",
  schema: foundSchema,
  load: async () => ({
    read: async ({ name }, { data }) => {
      if (data.all()[name] !== undefined) return { name, arn: `arn:toy:${name}` };
      throw new AppError("invalid_argument", `there is no thing ${name}`, { hint: "make it first" });
    },
  }),
});

export const toyProvider: Provider = defineProvider({
  address: toyAddress,
  version: "0.0.1",
  schema: defineSchema({ attributes: { store: required(string), note: optional(string) } }),
  configure: async ({ store }) => new ToyStore(store),
  resources: [
    defineResource({
      typeName: "toy_thing",
      schema: toySchema,
      validate(config, diagnostics) {
        if (config.secret !== null && config.secret_version === null)
          diagnostics.error("secret needs secret_version", { path: ["secret_version"] });
      },
      load: async () => operations,
    }),
  ],
  dataSources: [found],
});
