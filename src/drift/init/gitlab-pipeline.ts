import { indented } from "../../pipelines/proxy-credentials";
import { approve, credentials, dropPlans, install, run, terraformVersion } from "./pipeline-lines";

const [umask = "", ask = ""] = credentials("$ADP_TOKEN");

export const gitlabPipeline = `# drift-check.gitlab-ci.yml
# In .gitlab-ci.yml say: include: { local: drift-check.gitlab-ci.yml }. Make a schedule for the pipeline, set three CI/CD
# variables: AWS_ROLE_ARN, AWS_REGION, ADP_HOST (host, or host:port); and protect the environment drift-check-approval.
.drift-check:
  stage: test # one of your stages
  image:
    name: hashicorp/terraform:${terraformVersion}
    entrypoint: [""]
  timeout: 1 hour
  # The jobs prove who they are, to AWS and to akamai-dns-proxy. No secret is stored.
  id_tokens:
    AWS_TOKEN:
      aud: sts.amazonaws.com
    ADP_TOKEN:
      aud: $ADP_HOST
  variables:
    AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/aws-token
    AWS_ROLE_SESSION_NAME: drift-check
    TF_IN_AUTOMATION: "1"
    UNEXPIRED_STATE_DIR: $CI_PROJECT_DIR/.drift-state
  cache:
    key: drift-check
    paths: [.drift-state]
    when: always
  before_script:
    - apk add --no-cache curl nodejs npm
${indented(
  install.map((line) => `- ${line}`),
  4,
)}
    - ${umask}
    - printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
    - |
      ${ask}
  after_script:
    - ${dropPlans}
  artifacts:
    when: always
    paths: [drift-run.json, drift-check.md]
    reports:
      junit: drift-check.xml

# Plans everything again, and applies what is nothing but a renewal.
drift-check:
  extends: .drift-check
  resource_group: drift-check
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - ${run("drift-check.md")}
  # a plan waits for an approval
  allow_failure:
    exit_codes: 3

# Started by hand, with the variables STACK and CHECKSUM from the report: the plan is made again, and applied if it is that.
drift-check-approve:
  extends: .drift-check
  needs: [drift-check]
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
      when: manual
      allow_failure: true
  environment: drift-check-approval
  script:
    - ${approve("drift-check.md")}
`;
