/** Our diagnostics in the protocol's form. */
import type { Diagnostic } from "../schema/diagnostics";
import { formatPath, type AttributePath, type PathStep } from "../wire/attribute-path";
import type { BlockType } from "../wire/block-type";
import { shapeOf, type Shape } from "../wire/shape";
import type { WireDiagnostic, WirePath, WirePathStep } from "../wire/tfplugin6/common";

const severities = { error: 1, warning: 2 } as const;

export function wireDiagnostic(diagnostic: Diagnostic, block: BlockType): WireDiagnostic {
  const { severity, summary, detail, path } = diagnostic;
  return {
    severity: severities[severity],
    summary,
    detail: [detail, placeText(path)].filter((text) => text !== undefined).join("\n"),
    ...(path !== undefined && path.length > 0 && { attribute: wirePath(path, block) }),
  };
}

/** Core points to the source line of a deep path only sometimes, so the text says the place as well. */
function placeText(path: AttributePath | undefined): string | undefined {
  return path !== undefined && path.length > 1 ? `at ${formatPath(path)}` : undefined;
}

/** Ends at the first set: its elements have no address. */
export function wirePath(path: AttributePath, block: BlockType): WirePath {
  const steps: WirePathStep[] = [];
  let shape: Shape | undefined = shapeOf(block);
  for (const step of path) {
    if (shape?.kind === "set") break;
    steps.push(wireStep(step));
    shape = inner(shape, step);
  }
  return { steps };
}

function wireStep(step: PathStep): WirePathStep {
  if (typeof step === "number") return { elementKeyInt: step };
  return typeof step === "object" ? { elementKeyString: step.key } : { attributeName: step };
}

function inner(shape: Shape | undefined, step: PathStep): Shape | undefined {
  if (shape?.kind === "object") return shape.members.get(step as string)?.shape;
  return shape !== undefined && "element" in shape ? shape.element : undefined;
}
