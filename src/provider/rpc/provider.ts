/** A provider: its own settings, its resources and its data sources. */
import type { Clock } from "../../platform/clock";
import type { Logger } from "../../platform/log";
import type { Diagnostics } from "../schema/diagnostics";
import type { Schema } from "../schema/schema";
import type { ConfigOf, KnownConfigOf } from "../schema/values";
import type { DataSource } from "./data-source";
import type { Resource } from "./resource";

export interface ProviderDefinition<S extends Schema, Data> {
  /** For example `registry.terraform.io/unexpired/unexpired`. */
  readonly address: string;
  readonly version: string;
  /** The provider block. */
  readonly schema: S;
  /** Rules between settings; as `validate` of a resource. */
  validate?(config: ConfigOf<S>, diagnostics: Diagnostics): void;
  /**
   * Makes what operations work with. Called only when every setting is known: before that, reads answer what is stored
   * and plans run without data. MUST NOT reach for the network: credentials are tried on first use.
   */
  configure(config: KnownConfigOf<S>, context: ConfigureContext): Promise<Data>;
  readonly resources: readonly Resource<Data>[];
  /** @default none */
  readonly dataSources?: readonly DataSource<Data>[];
}

export interface ConfigureContext {
  readonly log: Logger;
  readonly clock: Clock;
  readonly diagnostics: Diagnostics;
  /** Of the program that started us. */
  readonly terraformVersion: string;
  /** Aborts when the user stops terraform. */
  readonly signal: AbortSignal;
}

/** A provider with its types erased: what is served. */
export type Provider = ProviderDefinition<Schema, unknown>;

export function defineProvider<S extends Schema, Data>(definition: ProviderDefinition<S, Data>): Provider {
  return definition;
}
