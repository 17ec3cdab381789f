import { githubToken, indented } from "../../pipelines/proxy-credentials";
import { approve, credentials, dropPlans, install, run, terraformVersion } from "./pipeline-lines";

const summary = '"$GITHUB_STEP_SUMMARY"';

/** Steps before and after the one that differs between the jobs. */
const prepare = `      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 20
          cache: npm
      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_version: ${terraformVersion}
          terraform_wrapper: false
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }}
          aws-region: \${{ vars.AWS_REGION }}
      - uses: actions/cache@v4
        with:
          path: .drift-state
          key: drift-check-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: drift-check-
      - name: packages and provider
        run: |
${indented(install, 10)}
      - name: credentials of akamai-dns-proxy
        run: |
${indented([githubToken, ...credentials("$token")], 10)}`;

const finish = `      - name: plans stay here
        if: always()
        run: ${dropPlans}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: ARTIFACT
          path: |
            drift-run.json
            drift-check.xml`;

/** Stacks that wait, with their checksums, for the matrix of the other job. */
const waiting = `jq -r '"waiting=\\([.stacks[] | select(.outcome == "needs-approval") | {stack: .name, checksum}] | tojson)"' drift-run.json`;

const check = [
  "code=0",
  `${run(summary)} || code=$?`,
  `test ! -f drift-run.json || ${waiting} >> "$GITHUB_OUTPUT"`,
  'test "$code" -eq 0 || test "$code" -eq 3',
];

export const githubPipeline = `# .github/workflows/drift-check.yaml
# Set three variables of the repository: AWS_ROLE_ARN, AWS_REGION, ADP_HOST (host, or host:port); and make the environment
# drift-check-approval with the people who may approve a plan.
name: drift-check
on:
  schedule:
    - cron: "17 */6 * * *"
  workflow_dispatch:
# The jobs prove who they are, to AWS and to akamai-dns-proxy. No secret is stored.
permissions:
  contents: read
  id-token: write
env:
  ADP_HOST: \${{ vars.ADP_HOST }}
  TF_IN_AUTOMATION: "1"
  UNEXPIRED_STATE_DIR: \${{ github.workspace }}/.drift-state
  # and what your stacks take from the environment
defaults:
  run:
    shell: bash
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    concurrency: drift-check
    outputs:
      waiting: \${{ steps.check.outputs.waiting }}
    steps:
${prepare}
      - name: plan everything again, and apply what is nothing but a renewal
        id: check
        run: |
${indented(check, 10)}
${finish.replace("ARTIFACT", "drift-check")}
  # Waits for the people of the environment; then the plan is made again, and applied if it is the one that they saw.
  approve:
    needs: check
    if: \${{ !cancelled() && needs.check.outputs.waiting != '' && needs.check.outputs.waiting != '[]' }}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    environment: drift-check-approval
    strategy:
      fail-fast: false
      matrix:
        include: \${{ fromJSON(needs.check.outputs.waiting) }}
    env:
      STACK: \${{ matrix.stack }}
      CHECKSUM: \${{ matrix.checksum }}
    steps:
${prepare}
      - name: apply the plan that was approved
        run: ${approve(summary)}
${finish.replace("ARTIFACT", "drift-check-approve-${{ strategy.job-index }}")}
`;
