import { join } from "node:path";
import { publicHosts, type ProviderPackage } from "./provider-package";

/** The provider `unexpired/unexpired` of a build. `bundlesFolder` is its `dist/provider`. */
export function ownPackage(bundlesFolder: string, version: string): ProviderPackage {
  return {
    hosts: publicHosts,
    namespace: "unexpired",
    type: "unexpired",
    version,
    bundleFolder: join(bundlesFolder, "unexpired"),
  };
}

/**
 * Where terraform looks without being told (its "implied local mirror directories"), so that the default needs no
 * configuration. A provider found there is not asked for at its registry.
 * https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function impliedMirror(homeFolder: string): string {
  return join(homeFolder, ".terraform.d/plugins");
}
