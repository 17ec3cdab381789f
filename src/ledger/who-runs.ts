/** Who started a program: the CI system's word where there is one, else the user and the machine. */
import type { LedgerActor } from "./ledger-entry";

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the operating system. */
  readonly user: string;
  readonly host: string;
}

/** Variables of GitHub Actions, GitLab CI and Jenkins, as their manuals have them; `UNEXPIRED_ACTOR` goes before them. */
export function whoRuns({ environment, user, host }: Surroundings): Pick<LedgerActor, "who" | "runUrl"> {
  const { UNEXPIRED_ACTOR: named, GITHUB_ACTIONS, GITLAB_CI, JENKINS_URL } = environment;
  const ci = ciRun(environment);
  if (named) return { who: named, ...(ci.runUrl && { runUrl: ci.runUrl }) };
  if (GITHUB_ACTIONS || GITLAB_CI || JENKINS_URL) return ci;
  return { who: `${user}@${host}` };
}

function ciRun(environment: Surroundings["environment"]): { readonly who: string; readonly runUrl?: string } {
  const { GITHUB_ACTIONS, GITHUB_ACTOR, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = environment;
  if (GITHUB_ACTIONS)
    return {
      who: `github:${GITHUB_ACTOR ?? "unknown"}`,
      ...(GITHUB_RUN_ID && { runUrl: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` }),
    };
  const { GITLAB_CI, GITLAB_USER_LOGIN, CI_JOB_URL } = environment;
  if (GITLAB_CI) return { who: `gitlab:${GITLAB_USER_LOGIN ?? "unknown"}`, ...(CI_JOB_URL && { runUrl: CI_JOB_URL }) };
  const { BUILD_USER_ID, JOB_NAME, BUILD_URL } = environment;
  return { who: `jenkins:${BUILD_USER_ID ?? JOB_NAME ?? "unknown"}`, ...(BUILD_URL && { runUrl: BUILD_URL }) };
}
