import type { IConstruct } from "constructs";
import type { UnexpiredProviderConfig } from "../bindings/unexpired-provider";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";
import { checkLocalPath } from "./check-local-path";

/** Checks the settings of a provider block; those with tokens pass. */
export function checkProviderBlock(scope: IConstruct, config: UnexpiredProviderConfig): void {
  const { edgeDns, accountStore } = config;
  checkLocalPath(scope, "edgeDns: edgerc", edgeDns?.edgerc);
  checkLocalPath(scope, "edgeDns: caFile", edgeDns?.caFile);
  checkLocalPath(scope, "accountStore: file.directory", accountStore?.file?.directory);
  checkStore(scope, accountStore);
  checkNameServers(scope, config.nameServers ?? []);
}

function checkStore(scope: IConstruct, store: UnexpiredProviderConfig["accountStore"]): void {
  const places = Object.values(store ?? {}).filter((place) => place !== undefined).length;
  if (store === undefined || places === 1) return;
  throw mistakeIn(scope, {
    what: `accountStore names ${places} places`,
    source: "unexpired: an account key is kept in one place",
    fix: "set one of file, environment and secretsManager",
  });
}

function checkNameServers(scope: IConstruct, nameServers: readonly string[]): void {
  const wrong = nameServers.find((server) => !isUnknown(server) && !/^(?:\[[0-9a-f:]+\]|[^\s:]+):\d+$/i.test(server));
  if (wrong === undefined) return;
  throw mistakeIn(scope, {
    what: `nameServers: "${wrong}" is not host:port`,
    source: "unexpired: name servers are asked at a port that is given",
    fix: `write "${wrong.replace(/:.*/, "")}:53"`,
  });
}
