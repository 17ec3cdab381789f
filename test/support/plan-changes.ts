/** A small service, and every change of it whose plan docs/guides/plans.md shows. */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Testing, type TerraformStack } from "cdktf";
import {
  CertificateIssuer,
  DnsZone,
  ListenerAttachment,
  ManagedCertificate,
  UnexpiredProvider,
  type AcmOptions,
  type AcmeOptions,
  type AttachmentRole,
  type ManagedCertificateProps,
} from "../../constructs";
import type { Sandbox } from "../../src/sandbox/start-sandbox";
import { nameServersOf } from "./provider-world";
import { makeStack } from "./synthesize-stack";

export type IssuerKind = "acme" | "acm";

/** What changes vary. */
interface Service {
  /** Of the web certificate; the others stay with theirs. */
  readonly issuer: IssuerKind;
  readonly acme?: Partial<AcmeOptions>;
  readonly acm?: AcmOptions;
  readonly zone?: "edge-dns" | "child" | "route53";
  readonly webId?: string;
  readonly web?: Partial<ManagedCertificateProps>;
  /** A certificate that no listener of the stack serves. */
  readonly spare?: Partial<ManagedCertificateProps>;
  /** By the attachment's id; the other one of the two listeners is `other`. */
  readonly attachments?: Readonly<Record<string, Attachment>>;
}

interface Attachment {
  readonly certificate: "web" | "api";
  readonly listener: "https" | "other";
  readonly role: AttachmentRole;
}

type Change = (before: Service) => Service;

const web =
  (props: Partial<ManagedCertificateProps>): Change =>
  (before) => ({ ...before, web: props });
const acme =
  (options: Partial<AcmeOptions>): Change =>
  (before) => ({ ...before, acme: options });
const acm =
  (options: AcmOptions): Change =>
  (before) => ({ ...before, acm: options });
const attached =
  (attachments: Readonly<Record<string, Attachment>>): Change =>
  (before) => ({ ...before, attachments });

const zone =
  (kind: Service["zone"]): Change =>
  (before) => ({ ...before, zone: kind });
const other: Change = (before) => ({ ...before, issuer: before.issuer === "acm" ? "acme" : "acm" });

const names = ["app.example.gov", "www.example.gov"];
const webByDefault: Attachment = { certificate: "web", listener: "https", role: "default" };
const apiByName: Attachment = { certificate: "api", listener: "https", role: "sni" };

/** Changes by the words of the page. */
const ofAllIssuers = {
  nothing: (before: Service) => before,
  "a name is added": web({ domainNames: [...names, "new.example.gov"] }),
  "a wildcard beside its name is added": web({ domainNames: [...names, "*.app.example.gov"] }),
  "a name is removed": web({ domainNames: names.slice(0, 1) }),
  "another name comes first": web({ domainNames: [...names].reverse() }),
  "`keyAlgorithm`": web({ keyAlgorithm: "EC_secp384r1" }),
  "`issuer`, to the other column's": other,
  "`tags`": web({ tags: { team: "web" } }),
  "`timeouts`": web({ timeouts: { create: "1h" } }),
  "`name`": web({ name: "website" }),
  "`region`, of a certificate that nothing serves": (before: Service) => ({
    ...before,
    spare: { region: "us-east-2" },
  }),
  "the construct's id": (before: Service) => ({ ...before, webId: "site" }),
  "`zones`, one below that holds a name": zone("child"),
  "`zones`, from Edge DNS to Route 53": zone("route53"),
  "`listener` of an SNI attachment": attached({
    "serve-web": webByDefault,
    "serve-api": { ...apiByName, listener: "other" },
  }),
  "`role`, default and SNI swapped": attached({
    "serve-web": { ...webByDefault, role: "sni" },
    "serve-api": { ...apiByName, role: "default" },
  }),
  "the id of a default attachment": attached({ "serve-site": webByDefault, "serve-api": apiByName }),
  "the id of an SNI attachment": attached({ "serve-web": webByDefault, "serve-more": apiByName }),
  "an SNI attachment is removed": attached({ "serve-web": webByDefault }),
};

const ofAcme = {
  "`directoryUrl`": acme({ directoryUrl: "https://ca.example.gov/directory" }),
  "`profile`": acme({ profile: "tlsserver" }),
  "`preferredChain`": acme({ preferredChain: "ISRG Root X1" }),
  "`contactEmail`": acme({ contactEmail: "tls@example.gov" }),
  "`renewal`, not due by the new policy": web({ renewal: { daysBeforeExpiry: 20 } }),
  "`renewal`, due by the new policy": web({ renewal: { ari: false, daysBeforeExpiry: 85 } }),
};

const ofAcm = {
  "`transparencyLogging`": acm({ transparencyLogging: false }),
  "`removeValidationRecords`": web({ removeValidationRecords: true }),
};

/** All that mean something with an issuer. */
export const changesOf = { acme: { ...ofAllIssuers, ...ofAcme }, acm: { ...ofAllIssuers, ...ofAcm } };

/** JSON of the stack after a change. */
export function stackAfter(sandbox: Sandbox, issuer: IssuerKind, change: Change = ofAllIssuers.nothing): string {
  const service = change({ issuer });
  const { attachments = { "serve-web": webByDefault, "serve-api": apiByName } } = service;
  const stack = makeStack();
  const { edgerc, edgeDnsCaFile } = sandbox.files;
  const edgeDns = { edgerc, caFile: edgeDnsCaFile };
  new UnexpiredProvider(stack, "unexpired", { edgeDns, nameServers: nameServersOf(sandbox) });
  new AwsProvider(stack, "aws", { region: sandbox.aws.region });
  const changed = { issuer: issuerOf(service, sandbox), zones: zonesOf(service, stack) };
  const same = {
    issuer: issuerOf({ issuer }, sandbox),
    zone: DnsZone.edgeDns(stack, "other-zone", { zoneName: "example.org" }),
  };
  const certificates = {
    web: new ManagedCertificate(stack, service.webId ?? "web", { domainNames: names, ...changed, ...service.web }),
    api: new ManagedCertificate(stack, "api", { domainNames: ["api.example.org"], ...same }),
  };
  new ManagedCertificate(stack, "spare", { domainNames: ["spare.example.org"], ...same, ...service.spare });
  const listeners = { https: listenerAt(443, stack, sandbox), other: listenerAt(8443, stack, sandbox) };
  new ListenerAttachment(stack, "serve-other", { certificate: certificates.api, listener: listeners.other });
  for (const [id, { certificate, listener, role }] of Object.entries(attachments))
    new ListenerAttachment(stack, id, { certificate: certificates[certificate], listener: listeners[listener], role });
  return Testing.synth(stack, true);
}

function issuerOf({ issuer, acm, acme }: Service, sandbox: Sandbox): CertificateIssuer {
  if (issuer === "acm") return CertificateIssuer.acm(acm);
  const { directoryUrl } = sandbox.acme;
  return CertificateIssuer.acme({ directoryUrl, caFile: sandbox.files.acmeCaFile, ...acme });
}

function zonesOf({ zone = "edge-dns" }: Service, stack: TerraformStack): DnsZone[] {
  const zoneName = "example.gov";
  switch (zone) {
    case "edge-dns":
      return [DnsZone.edgeDns(stack, "zone", { zoneName })];
    case "child":
      return [
        DnsZone.edgeDns(stack, "zone", { zoneName }),
        DnsZone.edgeDns(stack, "child", { zoneName: "app.example.gov" }),
      ];
    case "route53":
      return [DnsZone.route53(stack, "zone", { zoneName, hostedZoneId: "Z0123456789ABCDEFGHIJ" })];
  }
}

function listenerAt(port: number, stack: TerraformStack, { loadBalancers }: Sandbox): LbListener {
  return new LbListener(stack, port === 443 ? "https" : "other", {
    loadBalancerArn: loadBalancers.get("web") ?? "",
    port,
    protocol: "HTTPS",
    defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
  });
}
