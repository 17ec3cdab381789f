/** The table of docs/guides/plans.md beside what terraform plans for the same changes. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { letsEncryptProfiles } from "../../src/sandbox/acme-ca/profiles";
import { plannedChanges } from "./examples/planned-changes";
import { changesOf, stackAfter, type IssuerKind } from "./plan-changes";
import { startProviderWorld } from "./provider-world";

/** Change → lines of the plan. */
export type Plans = Readonly<Record<string, readonly string[]>>;

interface ShownPlan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly after_unknown: { readonly serial?: unknown } };
  }[];
}

/** One column of the page. */
export function plansTold(issuer: IssuerKind): Plans {
  const page = readFileSync(resolve(__dirname, "../../docs/guides/plans.md"), "utf8");
  const rows = [...page.matchAll(/^\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].slice(2);
  const cells = rows.map(([, change = "", acme = "", acm = ""]) => [change, issuer === "acme" ? acme : acm] as const);
  return Object.fromEntries(cells.filter(([, cell]) => cell !== "–").map(([change, cell]) => [change, linesOf(cell)]));
}

function linesOf(cell: string): string[] {
  return cell === "no changes" ? [] : cell.replaceAll("`", "").split("<br>").sort();
}

/** What terraform plans for each change of a service that one kind of issuer certifies. Nothing of it is applied. */
export async function plansFound(issuer: IssuerKind): Promise<Plans> {
  // ten days old when it is issued, so that a policy can be told by which it is due
  const classic = { ...letsEncryptProfiles.classic, backdateSeconds: 10 * 24 * 3600 };
  const world = await startProviderWorld({ profiles: { ...letsEncryptProfiles, classic } });
  try {
    const terraform = await world.project("");
    await terraform.write({ "main.tf": "", "cdk.tf.json": stackAfter(world.sandbox, issuer) });
    await terraform.init();
    await terraform.apply();
    const found: Record<string, string[]> = {};
    for (const [name, change] of Object.entries(changesOf[issuer])) {
      await terraform.write({ "cdk.tf.json": stackAfter(world.sandbox, issuer, change) });
      await terraform.succeed(["plan", "-no-color", "-input=false", "-out=change.plan"]);
      found[name] = withReissues(await terraform.show("change.plan"));
    }
    return found;
  } finally {
    await world.close();
  }
}

/** An update that orders a certificate is told from one that does not by its serial, which is not known yet. */
function withReissues(plan: unknown): string[] {
  const reissued = (plan as ShownPlan).resource_changes
    .filter(({ change }) => change.actions.join() === "update" && change.after_unknown.serial === true)
    .map(({ address }) => `${address.replace(/_[0-9A-F]{8}$/, "")}: update`);
  return plannedChanges(plan).map((line) => (reissued.includes(line) ? `${line}, issued anew` : line));
}
