/** What we use of the client for the tagging API; a bundler leaves the rest out. */
export { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
