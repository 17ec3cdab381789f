import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import { LocatedYaml } from "../../platform/yaml-file/located-yaml";
import { parsePolicyFile } from "../policy-file/parse-policy-file";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import type { Client, Policy } from "../policy/policy";

/** A policy that knows where its grants stand. */
export class LocatedPolicy {
  readonly policy: Policy;
  private readonly yaml: LocatedYaml;

  /** Errors: `invalid_config`. */
  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.yaml = new LocatedYaml(text);
    this.policy = parsePolicyFile(text, file, this.yaml).policy;
  }

  /** Errors: `missing_file`, `invalid_config`. */
  static read(file: string): LocatedPolicy {
    return new LocatedPolicy(file, readNamedFile(file, "the policy file"));
  }

  /** Of `grants[0]`; counted from 1. */
  lineOf(grant: string): number {
    return this.yaml.problem(["grants", Number(/\d+/.exec(grant)?.[0])], "").line;
  }

  /** `adp.yaml:12` */
  readonly placeOf = (grant: string): string => `${this.file}:${this.lineOf(grant)}`;

  /** Errors: `invalid_argument`. */
  clientNamed(name: string): Client {
    const { clients } = this.policy;
    const client = clients.find((each) => each.name === name);
    if (client !== undefined) return client;
    const known = clients.map((each) => each.name);
    throw new AppError("invalid_argument", `the policy file has no client "${name}"`, {
      hint: didYouMean(name, known),
    });
  }
}
