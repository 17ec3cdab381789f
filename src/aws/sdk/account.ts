/** What we use of the Account Management client; a bundler leaves the rest out. */
export { AccountClient, ListRegionsCommand } from "@aws-sdk/client-account";
