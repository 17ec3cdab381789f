import type { IConstruct } from "constructs";
import { Annotations, Aspects, type IAspect, TerraformStack } from "../engine";
import { checkCreateBeforeDestroy } from "./check-create-before-destroy";
import { checkLifetimes } from "./check-lifetimes";
import { checkValidationRecord } from "./check-validation-record";
import { checkWildcards } from "./check-wildcards";
import type { Finding } from "./finding";
import { forecastImports } from "./forecast-imports";
import { forecastListeners } from "./forecast-listeners";
import { forecastNames } from "./forecast-names";

export interface CertificateChecksProps {
  /** Whether certificates may hold wildcard names. @default true */
  readonly allowWildcards?: boolean;
  /** ACM's quota "Imported certificates per year" in each region of the account, where AWS raised it. @default 5000 */
  readonly importsPerYear?: number;
  /** ACM's quota "Imported certificates" in each region of the account, where AWS raised it. @default 2500 */
  readonly importedCertificates?: number;
  /** ACM's quota "Domain names per ACM certificate", where AWS raised it. @default 10 */
  readonly namesPerAcmCertificate?: number;
  /** Where warnings go, beside the annotations that cdktf-cli prints. @default `process.emitWarning`: standard error */
  readonly warn?: (message: string) => void;
  /** What day it is, for rules that change on one. @default the machine's clock */
  readonly now?: () => Date;
}

/**
 * Checks of everything that is declared in a scope, for platform teams to add to each app: resources of the AWS provider
 * that would be destroyed before their replacement is there, wildcards, what is renewed how often beside AWS's quotas,
 * renewal policies beside the lifetimes that CAs have announced, and validation records that would take renewals with
 * them. Errors end the synthesis.
 *
 * @example
 * CertificateChecks.addTo(this, { allowWildcards: false });
 */
export class CertificateChecks implements IAspect {
  /** Checks an app with the stacks it has by then, a stack, or a part of one. Quotas are forecast stack by stack. */
  static addTo(scope: IConstruct, props: CertificateChecksProps = {}): void {
    const checks = new CertificateChecks(props);
    if (scope.node.scopes.some((each) => TerraformStack.isStack(each))) return Aspects.of(scope).add(checks);
    // the engine begins at each stack and does not look at what is above it
    const stacks = () => scope.node.findAll().filter((each) => TerraformStack.isStack(each));
    for (const stack of stacks()) Aspects.of(stack).add(checks);
    scope.node.addValidation({
      validate: () =>
        stacks()
          .filter((stack) => !Aspects.of(stack).all.includes(checks))
          .map(
            ({ node }) => `${node.path}: declared after CertificateChecks.addTo, so it is not checked; call that last`,
          ),
    });
  }

  private readonly said = new Set<string>();

  constructor(private readonly props: CertificateChecksProps = {}) {}

  /** Called by the engine for each construct, before synthesis. */
  visit(node: IConstruct): void {
    for (const finding of this.findings(node)) this.say(finding);
  }

  private findings(node: IConstruct): readonly Finding[] {
    const { allowWildcards = true, now = () => new Date(), ...quotas } = this.props;
    return [
      checkCreateBeforeDestroy(node),
      allowWildcards ? [] : checkWildcards(node),
      checkLifetimes(node, now()),
      checkValidationRecord(node),
      forecastNames(node, quotas.namesPerAcmCertificate),
      TerraformStack.isStack(node) ? [...forecastImports(node, now(), quotas), ...forecastListeners(node)] : [],
    ].flat();
  }

  /** Once, however often a stack is synthesized. */
  private say({ at, level, what, source, fix }: Finding): void {
    const message = `${at.node.path}: ${what} (${source}); ${fix}`;
    if (this.said.has(message)) return;
    this.said.add(message);
    if (level === "error") return Annotations.of(at).addError(message);
    Annotations.of(at).addWarning(message);
    const { warn = (text) => process.emitWarning(text, "CertificateWarning") } = this.props;
    warn(message);
  }
}
