import type { IConstruct } from "constructs";
import { defaultKeyAlgorithm, keyAlgorithms } from "../../src/certificates/key-algorithm";
import { asSpelt } from "../../src/policy/as-spelt";
import { factsOfImport } from "../../src/policy/imported-certificate";
import { listenerPlace } from "../../src/policy/listener-place";
import type { RequestedIssuer, ServingKind } from "../../src/policy/request";
import { regionOfAws } from "../bindings/aws-settings";
import { UnexpiredCertificate } from "../bindings/unexpired-certificate";
import type { ICertificate } from "../certificate";
import { kindOf } from "../checks/listener-kind";
import { DistributionAttachment } from "../distribution-attachment";
import { DomainNameAttachment } from "../domain-name-attachment";
import { AcmCertificate, TerraformResource } from "../engine";
import { isUnknown } from "../is-unknown";
import { ListenerAttachment } from "../listener-attachment";
import { namesOf } from "./names-of";

/** What is known at synthesis of what a policy is asked about. */
export interface DeclaredCertificate {
  readonly kind: "certificate";
  readonly names: readonly string[];
  readonly issuer?: RequestedIssuer;
  readonly keyAlgorithm?: (typeof keyAlgorithms)[number];
  /** Of an import. */
  readonly lifetimeDays?: number;
}

export interface DeclaredAttachment {
  readonly kind: "attachment";
  readonly names: readonly string[];
  readonly servingKind: ServingKind;
  readonly accountId?: string;
  readonly region?: string;
  readonly loadBalancer?: string;
}

/** A certificate by its resource, whatever construct made it; an attachment by its construct. Undefined of all else. */
export function policyRequestOf(node: IConstruct): DeclaredCertificate | DeclaredAttachment | undefined {
  const imported = importOf(node);
  if (imported !== undefined) return imported.names.length === 0 ? undefined : { kind: "certificate", ...imported };
  const names = namesOf(node);
  if (names !== undefined) return names.length === 0 ? undefined : certificateOf(node, names.map(asSpelt));
  return attachmentOf(node);
}

/** Of a certificate that is given as a text, to ACM or to IAM: what it says of itself. */
function importOf(node: IConstruct): ReturnType<typeof factsOfImport> {
  const isImport =
    node instanceof AcmCertificate ||
    (node instanceof TerraformResource && node.terraformResourceType === "aws_iam_server_certificate");
  const { certificateBodyInput: body } = isImport ? (node as { readonly certificateBodyInput?: string }) : {};
  return body === undefined || isUnknown(body) ? undefined : factsOfImport(body);
}

function certificateOf(node: IConstruct, names: readonly string[]): DeclaredCertificate {
  const key =
    node instanceof UnexpiredCertificate || node instanceof AcmCertificate ? node.keyAlgorithmInput : undefined;
  // ACM's default is another one (ACM API reference, RequestCertificate, KeyAlgorithm)
  const usual = node instanceof AcmCertificate ? "RSA_2048" : defaultKeyAlgorithm;
  const keyAlgorithm = keyAlgorithms.find((each) => each === (key ?? usual));
  return { kind: "certificate", names, issuer: issuerOf(node), keyAlgorithm };
}

/** Undefined where terraform alone will know it, and of a certificate that is imported rather than issued. */
function issuerOf(node: IConstruct): RequestedIssuer | undefined {
  if (node instanceof AcmCertificate) {
    const { privateKeyInput, certificateAuthorityArnInput: authorityArn } = node;
    if (privateKeyInput !== undefined || isUnknown(authorityArn)) return undefined;
    return authorityArn === undefined ? { kind: "acm" } : { kind: "private-ca", authorityArn };
  }
  if (!(node instanceof UnexpiredCertificate)) return undefined;
  const { directoryUrl, profile } = node.issuerInput;
  return isUnknown(directoryUrl) || isUnknown(profile) ? undefined : { kind: "acme", directoryUrl, profile };
}

function attachmentOf(node: IConstruct): DeclaredAttachment | undefined {
  if (node instanceof ListenerAttachment) return madeOf(node.certificate, listenerOf(node));
  if (node instanceof DistributionAttachment)
    return madeOf(node.certificate, { servingKind: "distribution", region: "aws-global" });
  if (!(node instanceof DomainNameAttachment)) return undefined;
  const { domainName } = node;
  return madeOf(node.certificate, {
    servingKind: "domainNameConfigurationInput" in domainName ? "http-domain-name" : "rest-domain-name",
    region: domainName.regionInput ?? regionOfAws(domainName, domainName.provider),
    loadBalancer: domainName.domainNameInput,
  });
}

type Place = Omit<DeclaredAttachment, "kind" | "names">;

function madeOf({ domainNames = [] }: ICertificate, place: Place | undefined): DeclaredAttachment | undefined {
  const names = domainNames.filter((name) => !isUnknown(name));
  if (place === undefined || names.length === 0) return undefined;
  const known = (text: string | undefined) => (isUnknown(text) ? undefined : text);
  const { servingKind, accountId, region, loadBalancer } = place;
  return {
    kind: "attachment",
    names,
    servingKind,
    accountId,
    region: known(region),
    loadBalancer: known(loadBalancer),
  };
}

function listenerOf({ listener }: ListenerAttachment): Place | undefined {
  if ("loadBalancerName" in listener) {
    const { loadBalancerName: loadBalancer, loadBalancer: declared } = listener;
    const region = listener.region ?? (declared && regionOfAws(declared, declared.provider));
    return { servingKind: "classic-listener", region, loadBalancer };
  }
  const kind = kindOf(listener);
  if (kind === undefined) return undefined;
  const servingKind = kind === "network" ? "network-listener" : "application-listener";
  if (!("listenerArn" in listener))
    return { servingKind, region: listener.regionInput ?? regionOfAws(listener, listener.provider) };
  return { ...listenerPlace(listener.listenerArn), servingKind };
}
