import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "../../platform/errors";
import type * as YamlFile from "../../platform/yaml-file/located-yaml";
import type * as Shapes from "../../platform/yaml-file/parse-shape";
import type * as ConfigShape from "./config-shape";
import { defaultConfig, type Config } from "./config";

export const defaultFileName = "drift-check.yaml";

/**
 * What a file says, or `drift-check.yaml`, which need not be there.
 * Errors: `missing_file`; `invalid_config`, with line, column and often a suggestion.
 */
export async function readConfig(file: string | undefined): Promise<Config> {
  const name = file ?? defaultFileName;
  const text = await read(name, file !== undefined);
  if (text === undefined) return defaultConfig;
  // Not imports at the top: a run without a configuration must not wait for YAML and zod.
  const { LocatedYaml } = module.require("../../platform/yaml-file/located-yaml") as typeof YamlFile;
  const { parseShape } = module.require("../../platform/yaml-file/parse-shape") as typeof Shapes;
  const { configShape, knownKeys } = module.require("./config-shape") as typeof ConfigShape;
  return parseShape(new LocatedYaml(text), name, configShape, knownKeys);
}

async function read(name: string, mustExist: boolean): Promise<string | undefined> {
  try {
    return await readFile(name, "utf8");
  } catch (error) {
    if (!mustExist && (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new AppError("missing_file", `cannot read the configuration ${name}: ${messageOf(error)}`, {
      hint: "name a file that is there, or leave out --config",
      cause: error,
    });
  }
}
