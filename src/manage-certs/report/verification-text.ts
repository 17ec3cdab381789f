/** What clients get, for people: what is wrong first, then every target by the names that were asked for. */
import { aligned } from "../../platform/report/aligned";
import { away, counted } from "../findings/words";
import { groupBy } from "../findings/estate-view";
import type { Verification, VerifiedHandshake, VerifiedTarget } from "../verify/verification";
import { failed } from "./failed";

/** More would hide what matters; `--json` has all. */
const mostRows = 50;

export function verificationText(verification: Verification): string {
  const { verifiedAt, targets, failures } = verification;
  const rows = targets.flatMap((target) => rowsOf(target, verifiedAt));
  const shown = rows.slice(0, mostRows);
  return [
    headline(verification),
    ...failures.map(failed),
    ...told(targets),
    ...(shown.length > 0 ? ["", ...aligned([head, ...shown])] : []),
    ...(rows.length > shown.length ? [`… and ${rows.length - shown.length} more: --json shows them`] : []),
    "",
  ].join("\n");
}

function headline({ targets }: Verification): string {
  const of = (state: VerifiedTarget["state"]) => targets.filter((target) => target.state === state).length;
  const handshakes = targets.reduce((sum, target) => sum + target.handshakes.length, 0);
  const unseen = of("out of reach");
  const states = `${of("good")} good, ${of("wrong")} wrong${unseen > 0 ? `, ${unseen} out of reach` : ""}`;
  return `${counted(targets.length, "target")}: ${states}, by ${counted(handshakes, "handshake")}`;
}

function told(targets: readonly VerifiedTarget[]): string[] {
  const lines = targets.flatMap(({ name, state, why, problems }) => [
    ...problems.flatMap(({ kind, message, hint }) => [
      `!! ${name}: ${message} [${kind}]`,
      ...(hint === undefined ? [] : [`     ${hint}`]),
    ]),
    ...(state === "out of reach" ? [` - ${name}: ${why}`] : []),
  ]);
  return lines.length === 0 ? [] : ["", ...lines];
}

const head = ["TARGET", "ASKED FOR", "ENDS", "ISSUER", "CHAIN", "ADDRESSES", "SERVED"];

/** A row for each name that was asked for. */
function rowsOf({ name, state, handshakes }: VerifiedTarget, now: Date): string[][] {
  const groups = groupBy(handshakes, ({ serverName }) => serverName ?? "no name");
  return [...groups].map(([asked, group]) => {
    const leaves = group.flatMap(({ outcome }) => (outcome.state === "served" ? (outcome.chain[0] ?? []) : []));
    const [first] = leaves.sort((left, right) => left.notAfter.getTime() - right.notAfter.getTime());
    const addresses = counted(
      new Set(group.map(({ address, port }) => `${address}:${port}`)).size,
      "address",
      "addresses",
    );
    const ends = first === undefined ? "" : away(now, first.notAfter);
    return [name, asked, ends, first?.issuer ?? "", chainOf(group), addresses, served(group, state)];
  });
}

/** The shortest: one that is not complete is what matters. */
function chainOf(group: readonly VerifiedHandshake[]): string {
  const lengths = group.flatMap(({ outcome }) => (outcome.state === "served" ? [outcome.chain.length] : []));
  return lengths.length === 0 ? "" : String(Math.min(...lengths));
}

function served(group: readonly VerifiedHandshake[], state: VerifiedTarget["state"]): string {
  if (state === "out of reach") return "out of reach";
  const wrong = group.filter(({ problems }) => problems.length > 0);
  if (wrong.length === 0) return "good";
  const word = wrong.every(({ outcome }) => outcome.state === "unreachable") ? "not reached" : "wrong";
  return wrong.length === group.length ? word : `${word} at ${wrong.length} of ${group.length}`;
}
