import { describeSandbox, terraformEnvironment } from "../../../src/sandbox/describe-sandbox";
import type { ReadyFile } from "../../../src/sandbox/ready-file";

const ready: ReadyFile = {
  acme: { directoryUrl: "https://127.0.0.1:1/directory", caFile: "/run/acme-ca.pem", rootsFile: "/run/roots.pem" },
  dns: { host: "127.0.0.1", port: 2, nameServers: ["127.0.0.1:2", "127.0.0.1:3"] },
  edgeDns: { host: "127.0.0.1:4", caFile: "/run/edge-dns-ca.pem", edgerc: "/run/edgerc" },
  aws: { endpointUrl: "http://127.0.0.1:5", region: "us-east-1", accessKeyId: "AKIA", secretAccessKey: "s/e+c" },
  loadBalancers: [{ name: "web", arn: "arn:aws:elasticloadbalancing:web" }],
  management: { url: "http://127.0.0.1:6" },
  pluginDir: "/run/mirror",
  cliConfigFile: "/run/it's here/terraform.tfrc",
  stateDir: "/run/state",
};

test("says what is where", () => {
  expect(describeSandbox(ready, "/run/ready.json")).toBe(`ACME directory   https://127.0.0.1:1/directory
  trust it by    /run/acme-ca.pem
  its roots      /run/roots.pem
name servers     127.0.0.1:2 127.0.0.1:3
Edge DNS         127.0.0.1:4
  credentials    /run/edgerc
  trust it by    /run/edge-dns-ca.pem
AWS              http://127.0.0.1:5
  balancer web   arn:aws:elasticloadbalancing:web
management       http://127.0.0.1:6
ready file       /run/ready.json

for terraform:
  export TF_CLI_CONFIG_FILE='/run/it'\\''s here/terraform.tfrc'
  export AWS_ENDPOINT_URL=http://127.0.0.1:5
  export AWS_REGION=us-east-1
  export AWS_ACCESS_KEY_ID=AKIA
  export AWS_SECRET_ACCESS_KEY=s/e+c
  export AWS_EC2_METADATA_DISABLED=true
  export UNEXPIRED_STATE_DIR=/run/state
`);
});

test("the environment is what the exports say, as it is", () => {
  expect(terraformEnvironment(ready).TF_CLI_CONFIG_FILE).toBe("/run/it's here/terraform.tfrc");
});
