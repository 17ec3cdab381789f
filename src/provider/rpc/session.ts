/** What one provider process remembers between calls. */
import type { Clock } from "../../platform/clock";
import { listenedToByMany } from "../../platform/deadline";
import { AppError } from "../../platform/errors";
import type { Logger } from "../../platform/log";
import type { Provider } from "./provider";
import type { DataSource, DataSourceOperations } from "./data-source";
import type { Resource, ResourceOperations } from "./resource";
import type { Schema } from "../schema/schema";

export type Operations = ResourceOperations<Schema, unknown, unknown>;
export type Reading = DataSourceOperations<Schema>;

export interface SessionOptions {
  readonly provider: Provider;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Null while settings of the provider block are unknown, which happens at plan only. */
export type Configuration = { readonly data: unknown } | null;

export class Session {
  readonly provider: Provider;
  readonly log: Logger;
  readonly clock: Clock;
  private readonly resources: ReadonlyMap<string, Resource>;
  private readonly loaded = new Map<string, Promise<Operations>>();
  private readonly dataSources: ReadonlyMap<string, DataSource>;
  private readonly loadedReadings = new Map<string, Promise<Reading>>();
  private configured: Configuration | undefined;
  private stopping = new AbortController();

  constructor({ provider, log, clock }: SessionOptions) {
    this.provider = provider;
    this.log = log;
    this.clock = clock;
    this.resources = new Map(provider.resources.map((resource) => [resource.typeName, resource]));
    this.dataSources = new Map((provider.dataSources ?? []).map((each) => [each.typeName, each]));
  }

  resource(typeName: string | undefined): Resource {
    const resource = this.resources.get(typeName ?? "");
    if (resource === undefined)
      throw new AppError(
        "provider_value",
        `there is no resource type ${typeName ?? "without a name"} in this provider`,
      );
    return resource;
  }

  /** Loads the heavy half of a resource, once. */
  operations(resource: Resource): Promise<Operations> {
    const loading = this.loaded.get(resource.typeName) ?? resource.load();
    this.loaded.set(resource.typeName, loading);
    return loading;
  }

  dataSource(typeName: string | undefined): DataSource {
    const found = this.dataSources.get(typeName ?? "");
    if (found) return found;
    throw new AppError("provider_value", `there is no data source ${typeName ?? "without a name"} in this provider`);
  }

  /** Loads the heavy half of a data source, once. */
  reading(dataSource: DataSource): Promise<Reading> {
    const loading = this.loadedReadings.get(dataSource.typeName) ?? dataSource.load();
    this.loadedReadings.set(dataSource.typeName, loading);
    return loading;
  }

  /** A test's provider lives through many commands, each of which configures it anew and undoes an earlier stop. */
  begin(): void {
    if (this.stopping.signal.aborted) this.stopping = new AbortController();
    this.configured = undefined;
  }

  configure(configuration: Configuration): void {
    this.configured = configuration;
  }

  get configuration(): Configuration {
    if (this.configured === undefined)
      throw new AppError("internal", "the provider was not configured, or its configuration failed");
    return this.configured;
  }

  /** Aborts when core asks the provider to stop. */
  get stopSignal(): AbortSignal {
    return listenedToByMany(this.stopping.signal);
  }

  stop(): void {
    this.stopping.abort(
      new AppError("aborted", "terraform was interrupted", { hint: "run the same command again to go on" }),
    );
  }
}
