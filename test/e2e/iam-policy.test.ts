/** docs/reference/iam-policy.json against the calls that a certificate's whole life makes: none missing, none too many. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { secondsProfile } from "../../src/sandbox/acme-ca/profiles";
import { acmService } from "../../src/sandbox/aws/acm/acm-service";
import { elbService } from "../../src/sandbox/aws/elbv2/elb-service";
import { route53Service } from "../../src/sandbox/aws/route53/route53-service";
import { secretsService } from "../../src/sandbox/aws/secrets-manager/secrets-service";
import { stsService } from "../../src/sandbox/aws/sts/sts-service";
import { taggingService } from "../../src/sandbox/aws/tagging/tagging-service";
import { createHttpsListener } from "../support/query-client";
import { issuerArgument, nameServersOf, startProviderWorld } from "../support/provider-world";

interface Policy {
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

const policy = JSON.parse(readFileSync(resolve(__dirname, "../../docs/reference/iam-policy.json"), "utf8")) as Policy;

/** Operation → IAM action. */
const iamActions = new Map(
  [acmService, elbService, route53Service, secretsService, stsService, taggingService].flatMap(
    ({ iamPrefix, operations }) =>
      Object.keys(operations).map((operation) => [operation, `${iamPrefix}:${operation}`] as const),
  ),
);

/** STS answers it to everybody, whatever their policies say (AWS STS API reference, GetCallerIdentity). */
const needsNoPermission = "sts:GetCallerIdentity";

test("create in zones of both kinds, renew, change of tags, rollouts and destroy call exactly what the policy allows", async () => {
  // half of its life is over when it is issued, so it is due at once
  const dueAtOnce = { ...secondsProfile(7_000), backdateSeconds: 3_600 };
  const world = await startProviderWorld({ zones: [{ name: "example.gov" }], profiles: { due: dueAtOnce } });
  try {
    const { sandbox } = world;
    const project = await world.project("");
    const hostedZone = await world.access().hostedZones().create({ name: "example.org", callerReference: "test" });
    const loadBalancerArn = sandbox.loadBalancers.get("web") ?? "";
    const rollout = (role: string, listenerArn: string) => `
      resource "unexpired_rollout" "${role}" {
        listener_arn    = "${listenerArn}"
        certificate_arn = unexpired_certificate.web.arn
        role            = "${role}"
      }`;
    const main = (tags: string) => `
      terraform {
        required_providers {
          unexpired = { source = "unexpired/unexpired" }
        }
      }
      provider "unexpired" {
        edge_dns      = { edgerc = "${sandbox.files.edgerc}", ca_file = "${sandbox.files.edgeDnsCaFile}" }
        name_servers  = ${JSON.stringify(nameServersOf(sandbox))}
        account_store = { secrets_manager = { secret_name = "unexpired/account" } }
      }
      resource "unexpired_certificate" "web" {
        name         = "stack/web"
        domain_names = ["app.example.gov", "app.example.org"]
        issuer       = ${issuerArgument(sandbox, ', profile = "due"')}
        zones = [
          { name = "example.gov" },
          { name = "example.org", type = "route53", id = "${hostedZone.id}" },
        ]
        renewal      = { ari = false }
        tags         = ${tags}
      }`;
    const write = (tags: string) => writeFileSync(join(project.folder, "main.tf"), main(tags));
    write('{ team = "web", stage = "test" }');
    await project.apply();
    const first = await project.attributes("unexpired_certificate.web");
    write('{ team = "platform" }');
    await project.apply();
    const second = await project.attributes("unexpired_certificate.web");
    expect(second).toMatchObject({ arn: first.arn, renewal_reason: "lifetime", tags: { team: "platform" } });
    // somebody else's certificate, by the operator's own key
    const theirs = await world.project(`resource "unexpired_certificate" "theirs" {
      name         = "other"
      domain_names = ["other.example.gov"]
      issuer       = ${issuerArgument(sandbox, ', profile = "due"')}
      zones        = [{ name = "example.gov" }]
    }`);
    await theirs.apply();
    const certificateArn = String((await theirs.attributes("unexpired_certificate.theirs")).arn);
    const listeners = [];
    for (const port of [443, 444])
      listeners.push(await createHttpsListener(sandbox.aws, { loadBalancerArn, certificateArn, port }));
    const setUp = new Set(["CreateListener", "CreateHostedZone"]);
    await project.write({ "rollouts.tf": rollout("default", listeners[0] ?? "") + rollout("sni", listeners[1] ?? "") });
    await project.apply();
    await project.destroy();

    const called = sandbox.gate.history
      .filter(({ part, operation }) => part === "aws" && !setUp.has(operation))
      .map(({ operation }) => operation);
    const needed = new Set(called.map((operation) => iamActions.get(operation) ?? operation));
    needed.delete(needsNoPermission);
    expect([...needed].sort()).toEqual(policy.Statement.flatMap(({ Action }) => Action).sort());
  } finally {
    await world.close();
  }
});
