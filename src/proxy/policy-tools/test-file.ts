/** Policy tests: requests and what is to come of them. */
import { z } from "zod";
import { toAppError } from "../../platform/errors";
import type { RecordSet } from "../../dns/record-set";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import { LocatedYaml, type LocatedProblem, type YamlPath } from "../../platform/yaml-file/located-yaml";
import { parseShape, refusal } from "../../platform/yaml-file/parse-shape";
import { denyOrder } from "../policy/decide";
import type { Policy } from "../policy/policy";
import type { Question } from "./answer-offline";
import { givenSetsShape, standingSets } from "./given-sets";
import { namedByPath } from "./route-of";

const text = z.string().min(1);
const test = z.strictObject({
  name: text.optional(),
  client: text,
  request: text,
  body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  current: givenSetsShape.optional(),
  expect: z.union([text, z.int()]),
  grant: text.optional(),
});
const shape = z.strictObject({ tests: z.array(test).min(1) });
const knownKeys = { "": ["tests"], tests: Object.keys(test.shape) };

export interface PolicyTest {
  /** What it is about; the request if nothing better is given. */
  readonly name: string;
  readonly question: Question;
  /** `allow`, `deny`, the code of a denial, or the status of the answer. */
  readonly expect: string | number;
  /** `grants[0]`: by which grant it is to be allowed. */
  readonly grant?: string;
  /** In the tests file, counted from 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

const requestText = /^([A-Z]+) (\/\S*)$/;
const expectations: readonly string[] = ["allow", "deny", ...denyOrder];

/** Errors: `invalid_config`, which lists every mistake with its line and column. */
export function parseTestFile(content: string, fileName: string, policy: Policy): PolicyTest[] {
  const yaml = new LocatedYaml(content);
  const { tests } = parseShape(yaml, fileName, shape, knownKeys);
  const problems: LocatedProblem[] = [];
  const known = { clients: policy.clients.map(({ name }) => name), grants: policy.grants.map(({ id }) => id) };
  const parsed = tests.map((entry, index): PolicyTest => {
    const path = ["tests", index];
    const refuse = (steps: YamlPath, message: string, hint?: string) =>
      problems.push(yaml.problem([...path, ...steps], message, hint));
    const { client, request, expect, grant } = entry;
    if (!known.clients.includes(client))
      refuse(["client"], `unknown client "${client}"`, didYouMean(client, known.clients));
    if (typeof expect === "string" && !expectations.includes(expect))
      refuse(
        ["expect"],
        `"${expect}" is nothing to expect`,
        didYouMean(expect, expectations) ?? `write ${expectations.join(", ")}, or a status`,
      );
    if (grant !== undefined && !known.grants.includes(grant))
      refuse(["grant"], `the policy has no ${grant}`, "write the place of a grant, counted from 0: grants[0]");
    const [, method = "", target = ""] = requestText.exec(request) ?? [];
    if (method === "")
      refuse(["request"], `"${request}" is not a request`, "write method and path: GET /config-dns/v2/zones");
    const { line, column } = yaml.problem(path, "");
    let standing: RecordSet[] = [];
    try {
      standing = standingSets(entry.current ?? [], namedByPath(method, target));
    } catch (error) {
      refuse(["current"], toAppError(error).message);
    }
    const body = bodyOf(entry.body, method, target);
    return {
      name: entry.name ?? request,
      question: { client, method, target, body, standing },
      expect,
      grant,
      line,
      column,
    };
  });
  if (problems.length > 0) throw refusal(fileName, problems);
  return parsed;
}

/** A mapping may leave out what the path says; text is sent as it is. */
function bodyOf(body: z.infer<typeof test>["body"], method: string, target: string): Uint8Array | undefined {
  if (body === undefined) return undefined;
  if (typeof body === "string") return Buffer.from(body);
  return Buffer.from(JSON.stringify({ ...namedByPath(method, target), ...body }));
}
