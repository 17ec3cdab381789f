import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, Testing } from "cdktf";
import {
  Listener,
  ListenerAttachment,
  ManagedCertificate,
  PolicyChecks,
  type PolicyChecksProps,
  UnexpiredCertificate,
} from "../../../constructs";
import { makeStack } from "../synthesize-stack";
import { isListener, listenerArnOf, type PolicyCase, type Said } from "./policy-table";

const createBeforeDestroy = { lifecycle: { createBeforeDestroy: true } };

/** What is said at one construct, as `error …` and `warning …`; and what went to standard error. */
export function saidOf(
  checks: (props: PolicyChecksProps) => PolicyChecks,
  declareIn: (stack: TerraformStack) => void,
): { said: string[]; warnings: string[] } {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  declareIn(stack);
  const warnings: string[] = [];
  checks({ warn: (message) => warnings.push(message) }).addTo(stack);
  Testing.synth(stack);
  const said = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type.startsWith("@cdktf/"))
    .map(({ type, data }) => `${type.replace("@cdktf/", "").replace(/^warn$/, "warning")} ${String(data)}`);
  return { said, warnings };
}

/** A lifetime is the CA's, and times are not looked at: undefined of these. */
export function atSynthesis(each: PolicyCase): Said[] | undefined {
  const { request, file } = each;
  const { owner, tier, at } = request;
  const isCertificate =
    request.kind === "certificate" &&
    request.lifetimeDays === undefined &&
    request.issuer !== undefined &&
    request.keyAlgorithm !== undefined;
  if (!isCertificate && !isListener(each)) return undefined;
  const { said } = saidOf(
    (props) => PolicyChecks.fromFile(file, { ...props, owner, tier, now: () => at }),
    (stack) => declare(stack, each),
  );
  return said.map((line) => {
    const [, level, text = ""] = /^(error|warning) infra\/it: ([^]*)$/.exec(line) ?? [];
    return { level: level === "error" ? "error" : "warning", text };
  });
}

function declare(stack: TerraformStack, each: PolicyCase): void {
  const { request } = each;
  const { names } = request;
  if (request.kind === "certificate" && request.issuer?.kind === "acme") {
    const { keyAlgorithm, issuer } = request;
    const { directoryUrl, profile } = issuer;
    const config = { name: "it", domainNames: names, keyAlgorithm, issuer: { directoryUrl, profile }, zones: [] };
    new UnexpiredCertificate(stack, "it", { ...config, ...createBeforeDestroy });
  } else if (request.kind === "certificate") {
    const [domainName] = names;
    const { keyAlgorithm, issuer } = request;
    const certificateAuthorityArn = issuer?.kind === "private-ca" ? issuer.authorityArn : undefined;
    const config = {
      certificateAuthorityArn,
      domainName,
      subjectAlternativeNames: [...names],
      validationMethod: "DNS",
      keyAlgorithm,
    };
    new AcmCertificate(stack, "it", { ...config, ...createBeforeDestroy });
  } else if (request.kind === "attachment") {
    const { region = "", accountId = "" } = request;
    const listener = Listener.fromArn(stack, "listener", listenerArnOf(each));
    const certificateArn = `arn:aws:acm:${region}:${accountId}:certificate/0f`;
    const certificate = ManagedCertificate.fromArn(stack, "certificate", certificateArn);
    Object.assign(certificate, { domainNames: names });
    new ListenerAttachment(stack, "it", { certificate, listener, role: "sni" });
  }
}
