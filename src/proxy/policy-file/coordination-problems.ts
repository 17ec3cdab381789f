import type { LocatedYaml, LocatedProblem } from "../../platform/yaml-file/located-yaml";
import type { PolicyFile } from "./policy-file-shape";

const passwordHint =
  "leave it out: set PGPASSWORD, or use ~/.pgpass, or put the whole URL into a variable and write postgresEnv: NAME";

/** What is wrong with `coordination`. The file holds no secret, so a password in a URL is a mistake. */
export function coordinationProblems(yaml: LocatedYaml, coordination: PolicyFile["coordination"]): LocatedProblem[] {
  if (coordination === undefined) return [];
  const { postgres, postgresEnv } = coordination;
  if ((postgres === undefined) === (postgresEnv === undefined))
    return [yaml.problem(["coordination"], "coordination needs either postgres or postgresEnv")];
  if (postgres === undefined) return [];
  const place = ["coordination", "postgres"];
  if (!isPostgresUrl(postgres))
    return [yaml.problem(place, "this is not a URL of PostgreSQL", "write postgres://USER@HOST/DATABASE")];
  const { password, searchParams } = new URL(postgres);
  return password === "" && !searchParams.has("password")
    ? []
    : [yaml.problem(place, "the URL holds a password", passwordHint)];
}

export function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ["postgres:", "postgresql:"].includes(new URL(text).protocol);
}
