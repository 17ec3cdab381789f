/** What is installed, and where in a mirror it belongs. */
import { join } from "node:path";
import { AppError } from "../../platform/errors";

export interface ProviderPackage {
  /** Registry hosts under which terraform may look for it; OpenTofu has a host of its own. */
  readonly hosts: readonly string[];
  readonly namespace: string;
  readonly type: string;
  readonly version: string;
  /** `provider.cjs` and its parts, as the build leaves them. */
  readonly bundleFolder: string;
}

/** In Go's words, which are terraform's: linux_amd64. */
export type Platform = `${string}_${string}`;

export const publicHosts = ["registry.terraform.io", "registry.opentofu.org"] as const;

const systems: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin", freebsd: "freebsd" };
const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64", arm: "arm", ia32: "386" };

/** Errors: `invalid_argument` on Windows, where a provider must be an .exe. */
export function platformOf(system: string, architecture: string): Platform {
  const os = systems[system];
  const arch = architectures[architecture];
  if (os === undefined || arch === undefined)
    throw new AppError("invalid_argument", `there is no provider for ${system} on ${architecture}`, {
      hint: "use Linux, macOS, or WSL on Windows",
    });
  return `${os}_${arch}`;
}

/** Addresses as terraform prints them: host/namespace/type. */
export function addressesOf({ hosts, namespace, type }: ProviderPackage): string[] {
  return hosts.map((host) => `${host}/${namespace}/${type}`);
}

/** The folder of one unpacked package in a filesystem mirror. */
export function packageFolder(mirror: string, address: string, version: string, platform: Platform): string {
  return join(mirror, ...address.split("/"), version, platform);
}
