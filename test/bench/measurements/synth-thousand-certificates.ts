/** What our checks and constructs add to a synthesis, beside the same resources written as the providers' classes. */
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CertificateChecks,
  CertificateIssuer,
  DnsZone,
  ManagedCertificate,
  UnexpiredCertificate,
  UnexpiredDnsRecord,
  UnexpiredProvider,
} from "../../../constructs";
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn, timed } from "../rounds";

const count = 1_000;
const lifecycle = { createBeforeDestroy: true };
const issuer = CertificateIssuer.letsEncrypt();

export const benchmark: Benchmark = {
  subject: "synth 1,000 certificates",
  measure: async () => {
    const times = await mediansInTurn(
      {
        raw: synthesis(rawAcme),
        ours: synthesis(ours),
        checked: synthesis(checked),
        rawAcm: synthesis(rawAcm),
        oursAcm: synthesis(oursAcm),
      },
      { rounds: 7 },
    );
    const beside = (value: number, own: number) => ({ name: "raw classes", value, ours: own, unit: "ms" });
    return [
      ratio("synth-1000-certificates", { atMost: 1.3 }, beside(times.raw, times.ours)),
      ratio("synth-1000-certificates-checked", null, beside(times.raw, times.checked)),
      ratio("synth-1000-acm-certificates", { atMost: 1.3 }, beside(times.rawAcm, times.oursAcm)),
    ];
  },
};

/** From the first construct to the file on disk. */
function synthesis(declare: (stack: TerraformStack) => void): () => Promise<number> {
  return async () => {
    const outdir = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
    try {
      return await timed(async () => {
        const app = new App({ outdir, stackTraces: false });
        const stack = new TerraformStack(app, "infra");
        new AwsProvider(stack, "aws", { region: "us-east-1" });
        declare(stack);
        app.synth();
      });
    } finally {
      rmSync(outdir, { recursive: true });
    }
  };
}

const names = (index: number) => [`app-${index}.example.gov`, `*.app-${index}.example.gov`];

function ours(stack: TerraformStack): void {
  const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
  for (let index = 0; index < count; index++)
    new ManagedCertificate(stack, `web-${index}`, { domainNames: names(index), zone, issuer });
}

/** With the aspect that platform teams add. */
function checked(stack: TerraformStack): void {
  ours(stack);
  CertificateChecks.addTo(stack, { importsPerYear: 10_000 });
}

function rawAcme(stack: TerraformStack): void {
  new UnexpiredProvider(stack, "unexpired");
  for (let index = 0; index < count; index++)
    new UnexpiredCertificate(stack, `web-${index}`, {
      name: `infra/web-${index}`,
      domainNames: names(index),
      keyAlgorithm: "EC_prime256v1",
      issuer: { directoryUrl: "https://acme-v02.api.letsencrypt.org/directory" },
      zones: [{ name: "example.gov", type: "edge_dns" }],
      lifecycle,
    });
}

function oursAcm(stack: TerraformStack): void {
  const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
  for (let index = 0; index < count; index++)
    new ManagedCertificate(stack, `web-${index}`, {
      domainNames: names(index),
      zone,
      issuer: CertificateIssuer.acm(),
    });
}

function rawAcm(stack: TerraformStack): void {
  new UnexpiredProvider(stack, "unexpired");
  for (let index = 0; index < count; index++) {
    const [domainName = "", wildcard = ""] = names(index);
    const certificate = new AcmCertificate(stack, `web-${index}`, {
      domainName,
      subjectAlternativeNames: [domainName, wildcard],
      validationMethod: "DNS",
      keyAlgorithm: "EC_prime256v1",
      lifecycle,
    });
    const option = (key: string) =>
      `\${one([for option in ${certificate.fqn}.domain_validation_options : option.${key} if option.domain_name == "${domainName}"])}`;
    const record = new UnexpiredDnsRecord(stack, `record-${index}`, {
      zone: "example.gov",
      name: option("resource_record_name"),
      type: "CNAME",
      values: [option("resource_record_value")],
      ttlSeconds: 300,
      keepOnDestroy: true,
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["name"] },
    });
    new AcmCertificateValidation(stack, `validation-${index}`, {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.name],
      lifecycle,
    });
  }
}
