/**
 * Where each setting of manage-certs stands: in the file, or in an environment variable of its own, which counts more.
 * `MANAGE_CERTS_EDGE_DNS` holds what the file would say under `edgeDns`, as YAML.
 */
import type { z } from "zod";
import { LocatedYaml, type LocatedProblem, type YamlPath } from "../../platform/yaml-file/located-yaml";
import { parseShape, refusal } from "../../platform/yaml-file/parse-shape";
import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import { configShape, knownKeys, type ConfigFile } from "./config-shape";

export const variablePrefix = "MANAGE_CERTS_";

/** Variables of that prefix that are not settings. */
export const configVariable = `${variablePrefix}CONFIG`;

type Key = keyof ConfigFile;

interface Source {
  /** For messages: the file's name, or the variable's. */
  readonly name: string;
  readonly yaml: LocatedYaml;
  /** Where in `yaml` the value of the key stands. */
  readonly path: YamlPath;
}

export class ConfigSources {
  private readonly sources = new Map<Key, Source>();
  private readonly problems = new Map<string, LocatedProblem[]>();
  /** All settings with their defaults. */
  readonly settings: ConfigFile;

  /** Errors: `invalid_config`, with every mistake of shape in the file, or else of the first variable that has one. */
  constructor(file: { readonly name: string; readonly text: string }, variables: Readonly<Record<string, string>>) {
    const yaml = new LocatedYaml(file.text);
    const settings: Record<string, unknown> = parseShape(yaml, file.name, configShape, knownKeys);
    for (const key of Object.keys(settings)) this.sources.set(key as Key, { name: file.name, yaml, path: [key] });
    for (const [variable, text] of Object.entries(variables)) {
      const key = keyOf(variable);
      const own = new LocatedYaml(text);
      const shape: z.ZodType = configShape.shape[key];
      settings[key] = parseShape(own, variable, shape, knownKeysBelow(key));
      this.sources.set(key, { name: variable, yaml: own, path: [] });
    }
    this.settings = settings as ConfigFile;
  }

  /** Notes a mistake that the shape cannot tell. The path begins with the setting's key. */
  blame(path: readonly [Key, ...(string | number)[]], message: string, hint?: string): void {
    const [key, ...rest] = path;
    const source = this.sources.get(key);
    if (source === undefined) throw new AppError("internal", `${key} is not set and cannot be to blame`);
    const known = this.problems.get(source.name) ?? [];
    this.problems.set(source.name, [...known, source.yaml.problem([...source.path, ...rest], message, hint)]);
  }

  /** Errors: `invalid_config`, with every mistake of the first source that has any. */
  refuseIfBlamed(): void {
    for (const [name, problems] of this.problems) throw refusal(name, problems);
  }
}

/** `MANAGE_CERTS_EDGE_DNS` → `edgeDns`. Errors: `invalid_config` for one that means nothing. */
function keyOf(variable: string): Key {
  const words = variable.slice(variablePrefix.length).toLowerCase();
  const key = words.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const keys = Object.keys(configShape.shape);
  if (keys.includes(key)) return key as Key;
  const meant = didYouMean(variable, keys.map(variableOf));
  throw new AppError("invalid_config", `environment variable ${variable} is no setting of manage-certs`, {
    hint: meant ?? `settings are ${keys.map(variableOf).join(", ")}`,
  });
}

export function variableOf(key: string): string {
  return variablePrefix + key.replace(/[A-Z]/g, "_$&").toUpperCase();
}

function knownKeysBelow(key: Key): Record<string, readonly string[]> {
  const below = Object.entries(knownKeys).filter(([path]) => path === key || path.startsWith(`${key}.`));
  return Object.fromEntries(below.map(([path, keys]) => [path.slice(key.length + 1), keys]));
}
