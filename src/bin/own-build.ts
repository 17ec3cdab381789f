import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface OwnBuild {
  readonly version: string;
  /** `dist/provider`: a folder for each provider. */
  readonly bundlesFolder: string;
}

/** Of the package that this code is in, built or not. */
export function ownBuild(): OwnBuild {
  const file = require.resolve("unexpired/package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
  return { version, bundlesFolder: join(dirname(file), "dist/provider") };
}
