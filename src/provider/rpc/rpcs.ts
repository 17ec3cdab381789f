/** Every RPC of the protocol version we speak, by name. Newer ones are answered as not implemented, which core expects. */
import { applyResourceChange } from "./apply-resource-change";
import { configureProvider } from "./configure-provider";
import { getFunctions } from "./get-functions";
import { getMetadata } from "./get-metadata";
import { getProviderSchema } from "./get-provider-schema";
import { importResourceState } from "./import-resource-state";
import { moveResourceState } from "./move-resource-state";
import { notOffered } from "./not-offered";
import { planResourceChange } from "./plan-resource-change";
import { readDataSource } from "./read-data-source";
import { readResource } from "./read-resource";
import type { Rpc } from "./rpc";
import { stopProvider } from "./stop-provider";
import { upgradeResourceState } from "./upgrade-resource-state";
import { validateDataResourceConfig } from "./validate-data-resource-config";
import { validateProviderConfig } from "./validate-provider-config";
import { validateResourceConfig } from "./validate-resource-config";

export const rpcs: ReadonlyMap<string, Rpc> = new Map(
  [
    getMetadata,
    getProviderSchema,
    getFunctions,
    validateProviderConfig,
    validateResourceConfig,
    validateDataResourceConfig,
    upgradeResourceState,
    configureProvider,
    readResource,
    planResourceChange,
    applyResourceChange,
    importResourceState,
    moveResourceState,
    readDataSource,
    stopProvider,
    ...notOffered,
  ].map((rpc) => [rpc.name, rpc]),
);
