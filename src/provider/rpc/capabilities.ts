/**
 * Destruction is planned, so that a resource's private data reaches delete. Core may keep our schema from an earlier
 * process of the same command: no call here relies on GetProviderSchema having run.
 */
export const serverCapabilities = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
} as const;
