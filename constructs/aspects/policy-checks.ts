import type { IConstruct } from "constructs";
import { readNamedFile } from "../../src/platform/yaml-file/read-named-file";
import type * as ParsePolicy from "../../src/policy/parse-policy";
import type { Policy } from "../../src/policy/policy";
import type { PolicyDocument } from "../../src/policy/policy-shape";
import { toldFindings } from "../../src/policy/told-finding";
import type { IAspect } from "../engine";
import { ManagedCertificate } from "../managed-certificate";
import { addChecks, FindingReport } from "./finding-report";
import { policyRequestOf } from "./policy-requests";

export interface PolicyChecksProps {
  /** Who answers for the certificates of the scope, as the policy calls them. @default the owner of their names */
  readonly owner?: string;
  /** How important the certificates of the scope are. @default the owner's first tier */
  readonly tier?: string;
  /** Where warnings go, beside the annotations that cdktf-cli prints. @default `process.emitWarning`: standard error */
  readonly warn?: (message: string) => void;
  /** What time it is, for waivers and for lifetimes that change on a day. @default the machine's clock */
  readonly now?: () => Date;
}

/**
 * Holds every certificate that is declared in a scope, and every attachment by a construct of ours, to the organisation's
 * policy, as `unexpired policy explain` does, with the same rules and texts. What it denies ends the synthesis; what it
 * waives or only tells is a warning. What terraform alone will know is not judged.
 *
 * @example
 * PolicyChecks.fromFile("policy.yaml", { owner: "payments" }).addTo(this);
 */
export class PolicyChecks implements IAspect {
  /** By a policy in a file. Errors: `missing_file`; `invalid_config`, which lists every mistake with line and column. */
  static fromFile(file: string, props: PolicyChecksProps = {}): PolicyChecks {
    return new PolicyChecks(parser().parsePolicy(readNamedFile(file, "the policy file"), file), props);
  }

  /** By a policy in code. Errors: `invalid_config`, which lists every mistake with its path. */
  static of(policy: PolicyDocument, props: PolicyChecksProps = {}): PolicyChecks {
    return new PolicyChecks(parser().policyOf(policy), props);
  }

  private readonly report: FindingReport;

  private constructor(
    private readonly policy: Policy,
    private readonly props: PolicyChecksProps,
  ) {
    this.report = new FindingReport(props);
  }

  /** Checks an app with the stacks it has by then, a stack, or a part of one. */
  addTo(scope: IConstruct): void {
    addChecks(scope, this, "PolicyChecks");
  }

  /** Called by the engine for each construct, before synthesis. */
  visit(node: IConstruct): void {
    const request = policyRequestOf(node);
    if (request === undefined) return;
    const { owner, tier, now = () => new Date() } = this.props;
    const at = node.node.scope instanceof ManagedCertificate ? node.node.scope : node;
    for (const { effect, text } of toldFindings({ policy: this.policy, owner, tier }, { ...request, at: now() }))
      this.report.say(at, effect === "deny" ? "error" : "warning", text);
  }
}

/** It brings YAML and zod, half as long to load as cdktf: for whoever has a policy. */
const parser = () => module.require("../../src/policy/parse-policy") as typeof ParsePolicy;
