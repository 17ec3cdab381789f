/** The table of decisions (test/vectors/policy), to which every place is held that asks a policy. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parsePolicy } from "../../../src/policy/parse-policy";
import type { PolicyRequest } from "../../../src/policy/request";
import { requestOf, requestShapes } from "../../../src/policy/request-shape";

const folder = join(__dirname, "../../vectors/policy");

const shape = z.object({
  ...requestShapes,
  about: z.string(),
  at: z.string(),
  decision: z.object({ findings: z.array(z.string()) }),
});

export interface PolicyCase {
  readonly about: string;
  /** Path of the policy. */
  readonly file: string;
  readonly request: PolicyRequest;
  readonly expected: readonly Said[];
}

/** What a place says: `error` where it denies, and the text. */
export interface Said {
  readonly level: "error" | "warning";
  readonly text: string;
}

export const policyTable: readonly PolicyCase[] = ["agency", "open", "lenient"].flatMap((name) => {
  const file = join(folder, `${name}.yaml`);
  const policy = parsePolicy(readFileSync(file, "utf8"), file);
  const { cases } = z
    .object({ cases: z.array(shape) })
    .parse(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")));
  return cases.map((each) => ({
    about: `${name}: ${each.about}`,
    file,
    request: requestOf(policy, each, new Date(each.at)),
    expected: each.decision.findings.map((finding) => saidIn(finding, file)),
  }));
});

function saidIn(finding: string, file: string): Said {
  const [, effect = "", text = ""] = /^(\w+): ([^]*)$/.exec(finding) ?? [];
  return { level: effect === "deny" ? "error" : "warning", text: text.replaceAll("policy.yaml:", `${file}:`) };
}

/** The ARN of a listener that an attachment is asked about. */
export function listenerArnOf({ request }: PolicyCase): string {
  if (request.kind !== "attachment") throw new TypeError("only an attachment has a listener");
  const { region = "", accountId = "", servingKind, loadBalancer = "" } = request;
  const place = `${servingKind === "network-listener" ? "net" : "app"}/${loadBalancer}/50dc6c495c0c9188/f2f7dc8efc522ab2`;
  return `arn:aws:elasticloadbalancing:${region}:${accountId}:listener/${place}`;
}

export function isListener({ request }: PolicyCase): boolean {
  return (
    request.kind === "attachment" &&
    request.loadBalancer !== undefined &&
    ["application-listener", "network-listener"].includes(request.servingKind)
  );
}
