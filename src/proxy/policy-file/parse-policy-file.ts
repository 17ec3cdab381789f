import type { z } from "zod";
import { AppError } from "../../platform/errors";
import { Policy } from "../policy/policy";
import { buildClients } from "./build-clients";
import { buildGrants } from "./build-grants";
import { didYouMean } from "./did-you-mean";
import { LocatedYaml, type PolicyProblem } from "./located-yaml";
import { knownKeys, policyFileShape, type PolicyFile } from "./policy-file-shape";

/** Everything the policy file says. It holds no secret. Paths are as written. */
export interface ProxyConfig {
  readonly listen: PolicyFile["listen"];
  readonly upstream: PolicyFile["upstream"];
  readonly masterKey: PolicyFile["masterKey"];
  readonly oidcIssuers: PolicyFile["oidcIssuers"];
  readonly audit: PolicyFile["audit"];
  readonly policy: Policy;
}

/** Parses and checks a policy file. Errors: `invalid_config`, which lists every mistake with its line and column. */
export function parsePolicyFile(text: string, fileName: string): ProxyConfig {
  const yaml = new LocatedYaml(text);
  if (yaml.problems.length > 0) throw refusal(fileName, yaml.problems);
  const shaped = policyFileShape.safeParse(yaml.value ?? {});
  if (!shaped.success)
    throw refusal(
      fileName,
      shaped.error.issues.flatMap((issue) => explain(yaml, issue)),
    );
  const file = shaped.data;
  const issuers = file.oidcIssuers.map(({ issuer }) => issuer);
  const { clients, problems: clientProblems } = buildClients(yaml, file.clients, issuers);
  const { grants, problems: grantProblems } = buildGrants(yaml, file.grants, clients);
  const problems = [...sectionProblems(yaml, file), ...clientProblems, ...grantProblems];
  if (problems.length > 0) throw refusal(fileName, problems);
  const { listen, upstream, masterKey, oidcIssuers, audit } = file;
  return { listen, upstream, masterKey, oidcIssuers, audit, policy: new Policy(clients, grants) };
}

function sectionProblems(yaml: LocatedYaml, { listen, masterKey, oidcIssuers }: PolicyFile): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (listen.tls === undefined && listen.insecurePlainHttp !== true)
    problems.push(
      yaml.problem(["listen"], "listen has no tls", "name certificateFile and privateKeyFile under listen.tls"),
    );
  if (listen.tls !== undefined && listen.insecurePlainHttp === true)
    problems.push(yaml.problem(["listen", "insecurePlainHttp"], "listen has both tls and insecurePlainHttp"));
  const { previous, ...current } = masterKey;
  if (countPlaces(current) !== 1)
    problems.push(yaml.problem(["masterKey"], "masterKey needs one of env, file and secretsManager"));
  if (previous !== undefined && countPlaces(previous) !== 1)
    problems.push(
      yaml.problem(["masterKey", "previous"], "masterKey.previous needs one of env, file and secretsManager"),
    );
  oidcIssuers.forEach(({ issuer, jwksUri }, index) => {
    const path = ["oidcIssuers", index];
    if (!isHttpsUrl(issuer))
      problems.push(yaml.problem([...path, "issuer"], `"${issuer}" is not an https URL`, "write it as tokens have it"));
    if (jwksUri !== undefined && !isHttpsUrl(jwksUri))
      problems.push(yaml.problem([...path, "jwksUri"], `"${jwksUri}" is not an https URL`));
    if (oidcIssuers.findIndex((other) => other.issuer === issuer) < index)
      problems.push(yaml.problem([...path, "issuer"], `the issuer ${issuer} is there already`));
  });
  listen.names.forEach((name, index) => {
    if (!/^[A-Za-z0-9.-]+$/.test(name))
      problems.push(
        yaml.problem(["listen", "names", index], `"${name}" is not a host name`, "leave out scheme, port and path"),
      );
  });
  return problems;
}

function countPlaces(place: Readonly<Record<string, string | undefined>>): number {
  return Object.values(place).filter((value) => value !== undefined).length;
}

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}

function explain(yaml: LocatedYaml, issue: z.core.$ZodIssue): PolicyProblem[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
  const words = path.filter((step) => typeof step === "string");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) =>
      yaml.problemAtKey(path, key, `unknown key "${key}"`, didYouMean(key, knownKeys[words.join(".")] ?? [])),
    );
  const place = path.length === 0 ? "the file" : path.join(".").replace(/\.(\d+)/g, "[$1]");
  const hint =
    issue.code === "invalid_value"
      ? didYouMean(String(valueAt(yaml.value, path)), issue.values.map(String))
      : undefined;
  const missing = issue.code === "invalid_type" && valueAt(yaml.value, path) === undefined;
  return [yaml.problem(path, missing ? `${place} is missing` : `${place}: ${lowerFirst(issue.message)}`, hint)];
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | undefined)?.[step], value);
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function refusal(fileName: string, problems: readonly PolicyProblem[]): AppError {
  const lines = [...problems]
    .sort((left, right) => left.line - right.line || left.column - right.column)
    .map(({ line, column, message, hint }) => `${fileName}:${line}:${column}: ${message}${hint ? `; ${hint}` : ""}`);
  return new AppError("invalid_config", lines.join("\n"), { facts: { problems } });
}
