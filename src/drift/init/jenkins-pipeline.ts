import { indented } from "../../pipelines/proxy-credentials";
import { approve, credentials, dropPlans, install, run } from "./pipeline-lines";

// the workspace stays from build to build, and the summary is appended to
const prepare = ["rm -f drift-check.md drift-run.json drift-check.xml", ...install, ...credentials("$ADP_TOKEN")];

const withTokens = (steps: string): string => `        withCredentials([
          file(credentialsId: 'aws-oidc', variable: 'AWS_WEB_IDENTITY_TOKEN_FILE'),
          string(credentialsId: 'adp-oidc', variable: 'ADP_TOKEN'),
        ]) {
${steps}
        }`;

const script = (command: string, columns: number): string =>
  indented([...prepare, "code=0", `${command} || code=$?`, dropPlans, 'exit "$code"'], columns);

export const jenkinsPipeline = `// Jenkinsfile.drift-check of a pipeline of its own, for the main branch
// Set three environment variables of the folder: AWS_ROLE_ARN, AWS_REGION, ADP_HOST (host, or host:port).
// Two credentials of the plug-in "OpenID Connect Provider" hold no secret of yours: aws-oidc, an id token as file with the
// audience sts.amazonaws.com, and adp-oidc, an id token as text with the audience that the proxy's oidcIssuers name.
// Who may start this job by hand may approve a plan: build it with the parameters STACK and CHECKSUM from the report.
pipeline {
  agent { label 'terraform' } // with Node 20.9 and Terraform 1.11, or later
  parameters {
    string(name: 'STACK', defaultValue: '', description: 'a stack whose plan is approved; empty: all are checked')
    string(name: 'CHECKSUM', defaultValue: '', description: 'of its plan')
  }
  triggers { cron('17 */6 * * *') }
  options {
    disableConcurrentBuilds()
    timeout(time: 1, unit: 'HOURS')
  }
  environment {
    HOME = "\${env.WORKSPACE_TMP}"
    TF_IN_AUTOMATION = '1'
    UNEXPIRED_STATE_DIR = "\${env.WORKSPACE}/.drift-state"
  }
  stages {
    stage('check') {
      when { expression { params.STACK == '' } }
      steps {
${withTokens(`          script {
            int code = sh(returnStatus: true, script: '''#!/bin/sh -eu
${script(run("drift-check.md"), 14)}
            ''')
            if (code == 3) unstable('a plan waits for an approval')
            else if (code != 0) error("drift-check ended with \${code}")
          }`)}
      }
    }
    stage('approve') {
      when { expression { params.STACK != '' } }
      steps {
${withTokens(`          sh '''#!/bin/sh -eu
${script(approve("drift-check.md"), 12)}
          '''`)}
      }
    }
  }
  post {
    always {
      junit allowEmptyResults: true, testResults: 'drift-check.xml'
      archiveArtifacts allowEmptyArchive: true, artifacts: 'drift-run.json, drift-check.md'
    }
  }
}
`;
