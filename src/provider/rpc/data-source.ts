/**
 * What a data source is made of: something that is looked up, at plan as soon as its configuration is known. Two halves,
 * as with a resource: the declaration is loaded at start, reading on first use.
 */
import type { Diagnostics } from "../schema/diagnostics";
import type { Schema } from "../schema/schema";
import type { ConfigOf, KnownConfigOf, StateOf } from "../schema/values";
import type { OperationContext } from "./resource";

export interface DataSourceDeclaration<S extends Schema, Data> {
  readonly typeName: string;
  readonly schema: S;
  /** Rules between attributes; as `validate` of a resource. */
  validate?(config: ConfigOf<S>, diagnostics: Diagnostics): void;
  /** MUST NOT be called for schema and validation; called once, its result is kept. */
  load(): Promise<DataSourceOperations<S, Data>>;
}

export interface DataSourceOperations<S extends Schema, Data = unknown> {
  /** What is found, with every value known. MUST throw where there is nothing, or more than one. */
  read(config: KnownConfigOf<S>, context: OperationContext<Data>): Promise<StateOf<S>>;
}

/** A data source with its value types erased: what a provider is made of. */
export interface DataSource<Data = never> extends DataSourceDeclaration<Schema, Data> {
  load(): Promise<DataSourceOperations<Schema, Data>>;
}

/** Checks a declaration against its schema; write data sources with this. */
export function defineDataSource<S extends Schema, Data>(
  declaration: DataSourceDeclaration<S, Data>,
): DataSource<Data> {
  // the types guarded the author; from here on the conformance check does
  return declaration;
}
