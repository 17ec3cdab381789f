import type { IConstruct } from "constructs";
import { Annotations, Aspects, type IAspect, TerraformStack } from "../engine";

export interface FindingReportProps {
  /** Where warnings go, beside the annotations that cdktf-cli prints. @default `process.emitWarning`: standard error */
  readonly warn?: (message: string) => void;
}

/** Tells what checks find, each thing once, however often a stack is synthesized. Errors end the synthesis. */
export class FindingReport {
  private readonly said = new Set<string>();

  constructor(private readonly props: FindingReportProps) {}

  say(at: IConstruct, level: "error" | "warning", text: string): void {
    const message = `${at.node.path}: ${text}`;
    if (this.said.has(message)) return;
    this.said.add(message);
    if (level === "error") return Annotations.of(at).addError(message);
    Annotations.of(at).addWarning(message);
    const { warn = (told) => process.emitWarning(told, "CertificateWarning") } = this.props;
    warn(message);
  }
}

/** Adds checks to an app with the stacks it has by then, to a stack, or to a part of one. `name`: whose `addTo` it is. */
export function addChecks(scope: IConstruct, checks: IAspect, name: string): void {
  if (scope.node.scopes.some((each) => TerraformStack.isStack(each))) return Aspects.of(scope).add(checks);
  // the engine begins at each stack and does not look at what is above it
  const stacks = () => scope.node.findAll().filter((each) => TerraformStack.isStack(each));
  for (const stack of stacks()) Aspects.of(stack).add(checks);
  scope.node.addValidation({
    validate: () =>
      stacks()
        .filter((stack) => !Aspects.of(stack).all.includes(checks))
        .map(({ node }) => `${node.path}: declared after ${name}.addTo, so it is not checked; call that last`),
  });
}
