import { Policy } from "../policy/policy";
import { buildClients, cidrProblems } from "./build-clients";
import { buildGrants } from "./build-grants";
import { coordinationProblems } from "./coordination-problems";
import { LocatedYaml, type LocatedProblem } from "../../platform/yaml-file/located-yaml";
import { knownKeys, policyFileShape, type PolicyFile } from "./policy-file-shape";
import { parseShape, refusal } from "../../platform/yaml-file/parse-shape";

/** Everything the policy file says. It holds no secret. Paths are as written. */
export interface ProxyConfig {
  readonly listen: PolicyFile["listen"];
  readonly upstream: PolicyFile["upstream"];
  readonly masterKey: PolicyFile["masterKey"];
  readonly coordination: PolicyFile["coordination"];
  readonly oidcIssuers: PolicyFile["oidcIssuers"];
  readonly audit: PolicyFile["audit"];
  readonly metrics: PolicyFile["metrics"];
  readonly janitor: PolicyFile["janitor"];
  readonly policy: Policy;
}

/**
 * Parses and checks a policy file; `yaml` is for callers that look into its places later. Errors: `invalid_config`,
 * which lists every mistake with its line and column.
 */
export function parsePolicyFile(text: string, fileName: string, yaml = new LocatedYaml(text)): ProxyConfig {
  const file = parseShape(yaml, fileName, policyFileShape, knownKeys);
  const issuers = file.oidcIssuers.map(({ issuer }) => issuer);
  const { clients, problems: clientProblems } = buildClients(yaml, file.clients, issuers);
  const { grants, problems: grantProblems } = buildGrants(yaml, file.grants, clients);
  const problems = [
    ...sectionProblems(yaml, file),
    ...coordinationProblems(yaml, file.coordination),
    ...cidrProblems(yaml, ["metrics", "cidrs"], file.metrics?.cidrs),
    ...clientProblems,
    ...grantProblems,
  ];
  if (problems.length > 0) throw refusal(fileName, problems);
  const { listen, upstream, masterKey, coordination, oidcIssuers, audit, metrics, janitor } = file;
  const policy = new Policy(clients, grants);
  return { listen, upstream, masterKey, coordination, oidcIssuers, audit, metrics, janitor, policy };
}

function sectionProblems(yaml: LocatedYaml, { listen, masterKey, oidcIssuers }: PolicyFile): LocatedProblem[] {
  const problems: LocatedProblem[] = [];
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
