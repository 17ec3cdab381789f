/** Speaks to a provider service as core does, but in JavaScript values; for unit tests of the RPCs. */
import type { Clock } from "../../src/platform/clock";
import { silentLogger } from "../../src/platform/log";
import { decodeValue, encodeValue } from "../../src/provider/rpc/dynamic-value";
import type { Provider } from "../../src/provider/rpc/provider";
import { rpcs } from "../../src/provider/rpc/rpcs";
import { createProviderService, type ProviderService } from "../../src/provider/rpc/service";
import type { BlockType } from "../../src/provider/wire/block-type";
import type * as requests from "../../src/provider/wire/tfplugin6/requests";
import type { DynamicValue, WireDiagnostic } from "../../src/provider/wire/tfplugin6/common";
import type { Message } from "../../src/provider/wire/protobuf";
import type { ObjectValue } from "../../src/provider/wire/value";

export interface Answer {
  readonly diagnostics?: readonly WireDiagnostic[];
  readonly [field: string]: unknown;
}

export interface ChangeInput {
  readonly typeName: string;
  readonly config?: ObjectValue | null;
  readonly prior?: ObjectValue | null;
  /** Proposed at plan, planned at apply. */
  readonly next?: ObjectValue | null;
  readonly private?: Uint8Array;
}

export class ProviderCalls {
  readonly service: ProviderService;

  constructor(
    readonly provider: Provider,
    clock: Clock = { now: () => new Date(0) },
  ) {
    this.service = createProviderService({ provider, log: silentLogger, clock });
  }

  async call(name: string, request: object = {}): Promise<Answer> {
    const rpc = rpcs.get(name);
    const answer = this.service.call(name, (rpc?.request as Message<object>).encode(request));
    if (rpc === undefined || answer === undefined) throw new Error(`no RPC ${name}`);
    return rpc.response.decode(await answer) as Answer;
  }

  configure(config: ObjectValue): Promise<Answer> {
    return this.call("ConfigureProvider", {
      terraformVersion: "1.11.4",
      config: encodeValue(config, this.provider.schema),
    } satisfies Request<typeof requests.ConfigureProviderRequest>);
  }

  async plan({ typeName, config = null, prior = null, next = null, private: kept }: ChangeInput): Promise<Answer> {
    const block = this.block(typeName);
    return this.call("PlanResourceChange", {
      typeName,
      priorState: encodeValue(prior, block),
      proposedNewState: encodeValue(next, block),
      config: encodeValue(config, block),
      priorPrivate: kept,
    } satisfies Request<typeof requests.PlanResourceChangeRequest>);
  }

  async apply({ typeName, config = null, prior = null, next = null, private: kept }: ChangeInput): Promise<Answer> {
    const block = this.block(typeName);
    return this.call("ApplyResourceChange", {
      typeName,
      priorState: encodeValue(prior, block),
      plannedState: encodeValue(next, block),
      config: encodeValue(config, block),
      plannedPrivate: kept,
    } satisfies Request<typeof requests.ApplyResourceChangeRequest>);
  }

  read(typeName: string, state: ObjectValue, kept?: Uint8Array): Promise<Answer> {
    return this.call("ReadResource", {
      typeName,
      currentState: encodeValue(state, this.block(typeName)),
      private: kept,
    } satisfies Request<typeof requests.ReadResourceRequest>);
  }

  value(typeName: string, answered: unknown): ObjectValue | null {
    return decodeValue(answered as DynamicValue | undefined, this.block(typeName));
  }

  private block(typeName: string): BlockType {
    const resource = this.provider.resources.find((one) => one.typeName === typeName);
    if (resource === undefined) throw new Error(`no resource ${typeName}`);
    return resource.schema;
  }
}

type Request<M> = M extends Message<infer T> ? T : never;
