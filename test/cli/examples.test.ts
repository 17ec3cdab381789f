/** The examples synthesize as their READMEs say, with defaults and with every setting changed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformVersion } from "../../src/drift/init/pipeline-lines";
import { synthesizeExample } from "../support/synthesize-example";
import type { SynthesizedStack } from "../support/synthesize-stack";

const firstOf = (stack: SynthesizedStack, type: string) => Object.values(stack.resource[type] ?? {})[0];

describe("alb-lets-encrypt", () => {
  test("with its defaults", async () => {
    const stack = await synthesizeExample("alb-lets-encrypt");
    expect(stack.provider).toEqual({
      aws: [{ region: "us-east-1" }],
      unexpired: [{ region: "us-east-1", edge_dns: {} }],
    });
    const certificates = Object.values(stack.resource.unexpired_certificate ?? {});
    expect(certificates.map(({ domain_names }) => domain_names)).toEqual([
      ["api.example.gov"],
      ["app.example.gov", "*.app.example.gov"],
    ]);
    for (const certificate of certificates)
      expect(certificate).toMatchObject({
        issuer: { directory_url: "https://acme-v02.api.letsencrypt.org/directory" },
        lifecycle: { create_before_destroy: true },
      });
    expect(firstOf(stack, "aws_lb_listener")).toMatchObject({
      certificate_arn: expect.stringMatching(/^\$\{unexpired_certificate\.web_/) as string,
      load_balancer_arn: "${var.load_balancer_arn}",
    });
    expect(firstOf(stack, "aws_lb_listener_certificate")).toMatchObject({
      certificate_arn: expect.stringMatching(/^\$\{unexpired_certificate\.api_/) as string,
    });
  });

  test("with every setting changed", async () => {
    const stack = await synthesizeExample("alb-lets-encrypt", {
      ZONE_NAME: "agency.example",
      CONTACT_EMAIL: "tls@agency.example",
      AWS_REGION: "us-gov-west-1",
      EDGERC: "/run/edgerc",
      EDGE_DNS_CA_FILE: "/run/proxy.pem",
      NAME_SERVERS: "127.0.0.1:5301,127.0.0.1:5302",
      ACME_DIRECTORY_URL: "https://127.0.0.1:14000/dir",
      ACME_CA_FILE: "/run/ca.pem",
      ACME_PROFILE: "seconds",
    });
    expect(stack.provider.aws).toEqual([{ region: "us-gov-west-1" }]);
    expect(stack.provider.unexpired).toEqual([
      {
        region: "us-gov-west-1",
        edge_dns: { edgerc: "/run/edgerc", ca_file: "/run/proxy.pem" },
        name_servers: ["127.0.0.1:5301", "127.0.0.1:5302"],
      },
    ]);
    expect(firstOf(stack, "unexpired_certificate")).toMatchObject({
      domain_names: ["api.agency.example"],
      zones: [{ name: "agency.example", type: "edge_dns" }],
      issuer: {
        directory_url: "https://127.0.0.1:14000/dir",
        ca_file: "/run/ca.pem",
        profile: "seconds",
        contact_email: "tls@agency.example",
      },
    });
  });

  test("a mistake ends it with path, reason and way out on stderr", async () => {
    const failure = synthesizeExample("alb-lets-encrypt", { EDGERC: "edgerc" });
    await expect(failure).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /alb-lets-encrypt\/unexpired: edgeDns: edgerc "edgerc" is not an absolute path.*absolute/,
      ) as string,
    });
  });
});

describe("drift-check-schedule", () => {
  test("runs the image's stacks, with what the provider calls and what it keeps its state with", async () => {
    const stack = await synthesizeExample("drift-check-schedule");
    const policies = JSON.stringify(stack.resource.aws_iam_role_policy);
    for (const action of ["acm:ImportCertificate", "s3:GetObject", "elasticfilesystem:ClientWrite", "ecs:RunTask"])
      expect(policies).toContain(action);
    expect(firstOf(stack, "aws_ecs_task_definition")).toMatchObject({
      volume: [
        { efs_volume_configuration: { file_system_id: expect.stringMatching(/aws_efs_file_system/) as string } },
      ],
    });
    const dockerfile = readFileSync(join(__dirname, "../../examples/drift-check-schedule/Dockerfile"), "utf8");
    expect(dockerfile).toContain(`hashicorp/terraform:${terraformVersion} `);
  });
});
