import type { IConstruct } from "constructs";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

type SecretSource = "environment" | "secretsManager" | "file";

const ownRule = "unexpired: secrets are references, never values, in code, state and plans";

/**
 * Where the provider finds a secret when it needs it. The secret itself never enters the construct tree, and so
 * neither the synthesized stack, nor the plan, nor the state.
 */
export class Secret {
  private constructor(
    readonly source: SecretSource,
    readonly reference: string,
  ) {}

  /** An environment variable of the process that runs terraform: its name, in capitals. */
  static environment(variable: string): Secret {
    return new Secret("environment", variable);
  }

  /** A secret in AWS Secrets Manager: its ARN. Its text is the secret. */
  static secretsManager(secretArn: string): Secret {
    return new Secret("secretsManager", secretArn);
  }

  /** A file on the machine that runs terraform: its absolute path. */
  static file(path: string): Secret {
    return new Secret("file", path);
  }

  /**
   * Refuses what is no reference: a literal, or a reference that looks like one. Never quotes it, since it may be
   * the secret.
   */
  static check(scope: IConstruct, prop: string, value: unknown): asserts value is Secret {
    if (!(value instanceof Secret))
      throw mistakeIn(scope, {
        what: `${prop} is a literal`,
        source: ownRule,
        fix: "use Secret.environment(NAME), Secret.secretsManager(ARN) or Secret.file(PATH)",
      });
    const form = forms[value.source];
    if (isUnknown(value.reference) || form.pattern.test(value.reference)) return;
    throw mistakeIn(scope, {
      what: `${prop} is not ${form.description}`,
      source: ownRule,
      fix: `give Secret.${value.source} the place of the secret, not the secret`,
    });
  }
}

const forms: Readonly<Record<SecretSource, { readonly pattern: RegExp; readonly description: string }>> = {
  // Lower-case letters are refused on purpose: a base64 key always has some (POSIX.1-2017 8.1 names variables in capitals).
  environment: { pattern: /^[A-Z_][A-Z0-9_]*$/, description: "the name of an environment variable in capitals" },
  secretsManager: {
    pattern: /^arn:[\w-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/,
    description: "the ARN of a Secrets Manager secret",
  },
  file: { pattern: /^(?:\/|[A-Za-z]:[\\/])[^\r\n]+$/, description: "an absolute path" },
};
