import { AppError, isAppError } from "../platform/errors";
import { LocatedYaml, type LocatedProblem, type YamlPath } from "../platform/yaml-file/located-yaml";
import { parseShape, refusal } from "../platform/yaml-file/parse-shape";
import { knownKeys, policyShape, type PolicyDocument, type PolicyFile } from "./policy-shape";

/** Where a policy is written, and what is wrong there. */
export class PolicySource {
  /** With every default. */
  readonly file: PolicyFile;
  private readonly problems: LocatedProblem[] = [];

  /** Errors: `invalid_config`, with every mistake of shape. */
  private constructor(
    readonly yaml: LocatedYaml,
    private readonly name: string,
    private readonly isObject: boolean,
  ) {
    this.file = this.told(() => {
      if (yaml.problems.length === 0 && (yaml.value ?? undefined) === undefined) throw refusal(name, [emptyFile(yaml)]);
      return parseShape(yaml, name, policyShape, knownKeys);
    });
  }

  static ofText(text: string, fileName: string, yaml = new LocatedYaml(text)): PolicySource {
    return new PolicySource(yaml, fileName, false);
  }

  /** Of an object, which has no lines: JSON is YAML, and paths are told in place of lines. */
  static ofObject(policy: PolicyDocument, name: string): PolicySource {
    return new PolicySource(new LocatedYaml(JSON.stringify(policy)), name, true);
  }

  /** Notes a mistake that the shape cannot tell. */
  blame(path: YamlPath, message: string, hint?: string): void {
    this.problems.push(this.yaml.problem(path, `${pathText(path)}: ${message}`, hint));
  }

  /** Errors: `invalid_config`, with every mistake that was noted. */
  refuseIfBlamed(): void {
    this.told(() => {
      if (this.problems.length > 0) throw refusal(this.name, this.problems);
    });
  }

  readonly placeOf = (path: YamlPath): string => {
    if (this.isObject) return `${this.name} ${pathText(path)}`;
    const [section] = path;
    const isSection = path.length === 1 && typeof section === "string";
    return `${this.name}:${(isSection ? this.yaml.problemAtKey([], section, "") : this.yaml.problem(path, "")).line}`;
  };

  private told<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!this.isObject || !isAppError(error, "invalid_config")) throw error;
      const problems = error.facts.problems as readonly LocatedProblem[];
      const lines = problems.map(({ message, hint }) => `${this.name}: ${message}${hint ? `; ${hint}` : ""}`);
      throw new AppError("invalid_config", lines.join("\n"), { cause: error });
    }
  }
}

/** What a write that was cut off leaves would allow everything. */
function emptyFile(yaml: LocatedYaml): LocatedProblem {
  return yaml.problem([], "the policy is empty", "write {} if nothing is to be denied");
}

/** `certificates[0].issuers` */
function pathText(path: YamlPath): string {
  return path.join(".").replace(/\.(\d+)/g, "[$1]");
}
