import type { IConstruct } from "constructs";
import { type IAspect, TerraformStack } from "../engine";
import { checkCreateBeforeDestroy } from "./check-create-before-destroy";
import { checkLifetimes } from "./check-lifetimes";
import { checkValidationRecord } from "./check-validation-record";
import { checkWildcards } from "./check-wildcards";
import type { Finding } from "./finding";
import { addChecks, FindingReport } from "./finding-report";
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
    addChecks(scope, new CertificateChecks(props), "CertificateChecks");
  }

  private readonly report: FindingReport;

  constructor(private readonly props: CertificateChecksProps = {}) {
    this.report = new FindingReport(props);
  }

  /** Called by the engine for each construct, before synthesis. */
  visit(node: IConstruct): void {
    for (const { at, level, what, source, fix } of this.findings(node))
      this.report.say(at, level, `${what} (${source}); ${fix}`);
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
}
