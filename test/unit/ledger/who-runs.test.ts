import { whoRuns } from "../../../src/ledger/who-runs";

const at = (environment: Record<string, string>) => whoRuns({ environment, user: "alice", host: "build-7" });

test("a person at a machine", () => {
  expect(at({})).toEqual({ who: "alice@build-7" });
});

test("CI systems say who and where", () => {
  expect(
    at({
      GITHUB_ACTIONS: "true",
      GITHUB_ACTOR: "octocat",
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: "team/infra",
      GITHUB_RUN_ID: "17",
    }),
  ).toEqual({ who: "github:octocat", runUrl: "https://github.example/team/infra/actions/runs/17" });
  expect(at({ GITLAB_CI: "true", GITLAB_USER_LOGIN: "bob", CI_JOB_URL: "https://gitlab.example/j/1" })).toEqual({
    who: "gitlab:bob",
    runUrl: "https://gitlab.example/j/1",
  });
  expect(at({ JENKINS_URL: "https://ci.example", JOB_NAME: "certs", BUILD_URL: "https://ci.example/9" })).toEqual({
    who: "jenkins:certs",
    runUrl: "https://ci.example/9",
  });
});

test("a name that was given goes before all of them, and keeps the page of the run", () => {
  const environment = { UNEXPIRED_ACTOR: "nightly", GITLAB_CI: "true", CI_JOB_URL: "https://gitlab.example/j/1" };
  expect(at(environment)).toEqual({ who: "nightly", runUrl: "https://gitlab.example/j/1" });
});
