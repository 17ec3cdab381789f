import { cronFile } from "./cron-file";
import { githubPipeline } from "./github-pipeline";
import { gitlabPipeline } from "./gitlab-pipeline";
import { jenkinsPipeline } from "./jenkins-pipeline";

/** A pipeline that `drift-check init` can write. */
export interface Pipeline {
  readonly file: string;
  readonly text: string;
  /** What is left to the user. */
  readonly next: string;
}

export type Platform = "github" | "gitlab" | "jenkins" | "cron";

const variables = "set AWS_ROLE_ARN, AWS_REGION and ADP_HOST";

export const pipelines: Readonly<Record<Platform, Pipeline>> = {
  github: {
    file: ".github/workflows/drift-check.yaml",
    text: githubPipeline,
    next: `${variables} as variables of the repository, and make the environment drift-check-approval`,
  },
  gitlab: {
    file: "drift-check.gitlab-ci.yml",
    text: gitlabPipeline,
    next: `${variables} as CI/CD variables, include the file in .gitlab-ci.yml, and make a schedule`,
  },
  jenkins: {
    file: "Jenkinsfile.drift-check",
    text: jenkinsPipeline,
    next: `${variables} for the folder, make the credentials aws-oidc and adp-oidc, and a pipeline of this file`,
  },
  cron: {
    file: "drift-check.cron",
    text: cronFile,
    next: "correct its folder, user and address, then copy it to /etc/cron.d/drift-check",
  },
};
