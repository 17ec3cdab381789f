import { LocatedYaml } from "../../platform/yaml-file/located-yaml";
import { parseShape } from "../../platform/yaml-file/parse-shape";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { knownKeys, pricesShape, type Prices } from "./prices-shape";

/** Errors: `missing_file`; `invalid_config`, with line, column and often a suggestion. */
export function readPrices(file: string): Prices {
  return parseShape(new LocatedYaml(readNamedFile(file, "the prices")), file, pricesShape, knownKeys);
}
