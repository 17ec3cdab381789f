/**
 * What a resource of ours is made of. Two halves, because most processes that core starts only ask for schema and
 * validation: the declaration is loaded at start, the operations (and the engine behind them) on first use.
 *
 * The framework takes care of: defaults; "known after apply" on create; null and empty blocks; write-only values;
 * private data; timeouts; stopping; logging; checking every value that leaves; turning what is thrown into
 * diagnostics. Operations throw AppErrors and return plain values.
 */
import type { Clock } from "../../platform/clock";
import type { Logger } from "../../platform/log";
import type { Diagnostics } from "../schema/diagnostics";
import type { Schema } from "../schema/schema";
import type { AppliedPlanOf, ConfigOf, KnownConfigOf, PlanOf, PriorOf, StateOf } from "../schema/values";
import type { AttributePath } from "../wire/attribute-path";

export interface ResourceDeclaration<S extends Schema, Data, Private> {
  readonly typeName: string;
  readonly schema: S;
  /**
   * Rules between attributes. Rules of one attribute belong to the schema. MUST be pure and fast: it runs several
   * times in each command; values may be unknown.
   */
  validate?(config: ConfigOf<S>, diagnostics: Diagnostics): void;
  /** MUST NOT be called for schema and validation; called once, its result is kept. */
  load(): Promise<ResourceOperations<S, Data, Private>>;
}

/**
 * `Data` is what the provider's `configure` returned, `Private` what the resource keeps beside its state, as JSON: it
 * is never shown, but it is not encrypted either, so no secret belongs there. An ability is offered by being there.
 */
export interface ResourceOperations<S extends Schema, Data = unknown, Private = never> {
  /** Needed by a resource that keeps private data. @default private data is passed on as it is */
  readonly privateData?: PrivateData<Private>;

  /**
   * Chooses the planned values; not called for destruction. They MUST NOT depend on the clock or the network: core plans
   * again during apply, and a value once planned must stay as it was. Diagnostics may. @default the proposed values
   */
  plan?(request: PlanRequest<S, Private>, context: PlanContext<Data>): Promise<PlanAnswer<S, Private>>;

  /** Says in diagnostics what speaks against a planned destruction. @default nothing does */
  planDelete?(request: DeleteRequest<S, Private>, context: PlanContext<Data>): Promise<void>;

  /** The resource as it is now, or null if it is gone. Here belongs whatever looks at the clock: see `private`. */
  read(request: ReadRequest<S, Private>, context: OperationContext<Data>): Promise<StateAnswer<S, Private> | null>;

  /** MUST call `context.checkpoint` as soon as something exists that a later failure would leave behind. */
  create(
    request: CreateRequest<S, Private>,
    context: ChangeContext<S, Private, Data>,
  ): Promise<StateAnswer<S, Private>>;

  /** Throwing leaves the prior state, or the last checkpoint, in force. @default every change replaces the resource */
  update?(
    request: UpdateRequest<S, Private>,
    context: ChangeContext<S, Private, Data>,
  ): Promise<StateAnswer<S, Private>>;

  /** MUST succeed if the resource is gone already; an error keeps it in the state. The state of a create that failed half-way has nulls. */
  delete(request: DeleteRequest<S, Private>, context: OperationContext<Data>): Promise<void>;

  /** What the import id says; core then calls `read`, which fills the rest. @default import is refused */
  importState?(
    id: string,
    context: OperationContext<Data>,
  ): Promise<{ readonly state: Partial<PriorOf<S>>; readonly private?: Private }>;

  /** Converts state stored under an older schema version. MUST be there once the schema's version is above 0. */
  upgradeState?(version: number, state: Readonly<Record<string, unknown>>): Partial<PriorOf<S>>;
}

export interface PrivateData<Private> {
  /** Stored with the data; data of another version is dropped, as if there were none. */
  readonly version: number;
  /** From parsed JSON. Data it throws on is dropped. */
  parse(json: unknown): Private;
}

export interface PlanRequest<S extends Schema, Private> {
  readonly config: ConfigOf<S>;
  /** Null on create. */
  readonly prior: StateOf<S> | null;
  /**
   * Configuration with defaults; computed attributes are unknown on create and as before on update. What core demands
   * of the answer: a configured value stays as it is (or exactly as in prior), a null one stays null unless computed.
   */
  readonly proposed: PlanOf<S>;
  /** Whether `proposed` differs from `prior`; true on create. */
  readonly changed: boolean;
  readonly private: Private | null;
}

export interface PlanAnswer<S extends Schema, Private> {
  readonly planned: PlanOf<S>;
  /**
   * More attributes whose change replaces the resource, beside those the schema marks; of no effect where the planned
   * value equals the prior one. Core then plans a creation, with this answer's private data. @default none
   */
  readonly requiresReplace?: readonly AttributePath[];
  /** What `create` or `update` will see; null drops it. @default as in the request */
  readonly private?: Private | null;
}

export interface ReadRequest<S extends Schema, Private> {
  readonly state: PriorOf<S>;
  readonly private: Private | null;
}

export type DeleteRequest<S extends Schema, Private> = ReadRequest<S, Private>;

export interface CreateRequest<S extends Schema, Private> {
  /** The only place of write-only values. */
  readonly config: KnownConfigOf<S>;
  readonly planned: AppliedPlanOf<S>;
  readonly private: Private | null;
}

export interface UpdateRequest<S extends Schema, Private> extends CreateRequest<S, Private> {
  readonly prior: StateOf<S>;
}

export interface StateAnswer<S extends Schema, Private> {
  /** Everything that was planned as a known value, as planned; every unknown replaced by a value. */
  readonly state: StateOf<S>;
  /**
   * A verdict that the next plan needs (such as "renewal is due") belongs here, at read. Null drops what there was.
   * @default as in the request
   */
  readonly private?: Private | null;
}

export interface PlanContext<Data> {
  readonly log: Logger;
  readonly clock: Clock;
  /** Errors and warnings beside the answer; an error here fails the call just as a throw does. */
  readonly diagnostics: Diagnostics;
  /** Null while the provider's own configuration is not wholly known. */
  readonly data: Data | null;
  /** Aborts when the user stops terraform. */
  readonly signal: AbortSignal;
}

export interface OperationContext<Data> extends PlanContext<Data> {
  readonly data: Data;
  /** Aborts when the user stops terraform and when the operation's timeout is over. */
  readonly signal: AbortSignal;
}

export interface ChangeContext<S extends Schema, Private, Data> extends OperationContext<Data> {
  /**
   * Tells what exists from now on. If the operation throws later, this is stored beside its error (a create is then
   * tainted), so that nothing real is forgotten. Members left out are stored as they were before, on create as planned,
   * or null where that is not known. The last call counts.
   */
  readonly checkpoint: (state: Partial<PriorOf<S>>, privateData?: Private | null) => void;
}

/** A resource with its value types erased: what a provider is made of. */
export interface Resource<Data = never> extends ResourceDeclaration<Schema, Data, unknown> {
  load(): Promise<ResourceOperations<Schema, Data, unknown>>;
}

/** Checks a declaration against its schema; write resources with this. */
export function defineResource<S extends Schema, Data, Private>(
  declaration: ResourceDeclaration<S, Data, Private>,
): Resource<Data> {
  // the types guarded the author; from here on the conformance check does
  return declaration;
}
