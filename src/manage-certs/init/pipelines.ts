/**
 * Pipelines to copy. No secret is stored anywhere: the platform's OpenID Connect token is exchanged for a role of AWS and
 * for short-lived credentials of akamai-dns-proxy. Each has three variables to set: AWS_ROLE_ARN, AWS_REGION, ADP_HOST.
 * The account of the CA outlives the runner in Secrets Manager. A run does no more than its 15 minutes of credentials
 * are enough for; the next one goes on.
 */
import { askProxy, githubToken, indented } from "../../pipelines/proxy-credentials";

/** Exit code 2 is work to do, which is what a dry run is for. */
const dryRun = (summary: string): readonly string[] => [
  "code=0",
  `manage-certs renew --junit certificates.xml --summary ${summary} || code=$?`,
  'test "$code" -eq 0 || test "$code" -eq 2',
];

const apply = (summary: string): string =>
  `manage-certs renew --apply --max 20 --junit certificates.xml --summary ${summary}`;

export const githubPipeline = `# .github/workflows/certificates.yaml
# Set three variables of the repository: AWS_ROLE_ARN, AWS_REGION, ADP_HOST (host, or host:port).
name: certificates
on:
  schedule:
    - cron: "17 4 * * *"
  workflow_dispatch:
  pull_request:
    paths: [manage-certs.yaml]
permissions:
  contents: read
  id-token: write
concurrency:
  group: certificates
  cancel-in-progress: false
jobs:
  renew:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    env:
      ADP_HOST: \${{ vars.ADP_HOST }}
      MANAGE_CERTS_EDGE_DNS: "{ edgerc: .edgerc-of-this-run }"
      MANAGE_CERTS_ACCOUNT_STORE: "{ secretsManager: unexpired/account }"
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npm install --global unexpired
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }}
          aws-region: \${{ vars.AWS_REGION }}
      - name: credentials of akamai-dns-proxy
        run: |
          umask 077
          ${githubToken}
          ${askProxy("$token", ".edgerc-of-this-run")}
      - name: what would be done
        if: github.event_name == 'pull_request'
        run: |
${indented(dryRun('"$GITHUB_STEP_SUMMARY"'), 10)}
      - name: renew
        if: github.event_name != 'pull_request'
        run: ${apply('"$GITHUB_STEP_SUMMARY"')}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: certificates
          path: certificates.xml
`;

export const gitlabPipeline = `# .gitlab-ci.yml
# Set three CI/CD variables: AWS_ROLE_ARN, AWS_REGION, ADP_HOST (host, or host:port); and make a schedule for the pipeline.
# The audience of the proxy's token is ADP_HOST as it is written; say the same in oidcIssuers of the proxy.
certificates:
  image: node:20
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  resource_group: certificates
  timeout: 1 hour
  id_tokens:
    AWS_TOKEN:
      aud: sts.amazonaws.com
    ADP_TOKEN:
      aud: $ADP_HOST
  variables:
    AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/aws-token
    MANAGE_CERTS_EDGE_DNS: "{ edgerc: /tmp/edgerc }"
    MANAGE_CERTS_ACCOUNT_STORE: "{ secretsManager: unexpired/account }"
  script:
    - npm install --global unexpired
    - umask 077
    - printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
    - |
      ${askProxy("$ADP_TOKEN", "/tmp/edgerc")}
    - |
      if [ "$CI_PIPELINE_SOURCE" = schedule ]; then
        ${apply("certificates.md")}
      else
${indented(dryRun("certificates.md"), 8)}
      fi
  artifacts:
    when: always
    paths: [certificates.md]
    reports:
      junit: certificates.xml
`;

export const jenkinsPipeline = `// Jenkinsfile of a multibranch pipeline
// Set three environment variables of the folder: AWS_ROLE_ARN, AWS_REGION, ADP_HOST (host, or host:port).
// Two credentials of the plug-in "OpenID Connect Provider" hold no secret of yours: aws-oidc, an id token as file with the
// audience sts.amazonaws.com, and adp-oidc, an id token as text with the audience that the proxy's oidcIssuers name.
pipeline {
  agent { docker { image 'node:20' } }
  triggers { cron(env.BRANCH_IS_PRIMARY == 'true' ? '17 4 * * *' : '') }
  options {
    disableConcurrentBuilds()
    timeout(time: 1, unit: 'HOURS')
  }
  environment {
    HOME = "\${env.WORKSPACE_TMP}"
    PATH = "\${env.WORKSPACE_TMP}/node/bin:\${env.PATH}"
    MANAGE_CERTS_EDGE_DNS = "{ edgerc: \${env.WORKSPACE_TMP}/edgerc }"
    MANAGE_CERTS_ACCOUNT_STORE = "{ secretsManager: unexpired/account }"
  }
  stages {
    stage('certificates') {
      steps {
        withCredentials([
          file(credentialsId: 'aws-oidc', variable: 'AWS_WEB_IDENTITY_TOKEN_FILE'),
          string(credentialsId: 'adp-oidc', variable: 'ADP_TOKEN'),
        ]) {
          sh '''#!/bin/sh -eu
            umask 077
            npm install --global --prefix "$HOME/node" unexpired
            ${askProxy("$ADP_TOKEN", '"$HOME/edgerc"')}
            if [ "\${BRANCH_IS_PRIMARY:-}" = true ]; then
              ${apply("certificates.md")}
            else
${indented(dryRun("certificates.md"), 14)}
            fi
          '''
        }
      }
    }
  }
  post {
    always {
      junit allowEmptyResults: true, testResults: 'certificates.xml'
      archiveArtifacts allowEmptyArchive: true, artifacts: 'certificates.md'
    }
  }
}
`;
