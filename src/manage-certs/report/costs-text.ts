import { aligned } from "../../platform/report/aligned";
import type { Compared, Cost, Costs } from "../costs/estimate-costs";
import { counted } from "../findings/words";

/** A row for each team and the sum, and what is not in it. */
export function costsText(costs: Costs): string[] {
  const { teams, currency } = costs;
  return [
    "",
    `costs of a year in ${currency}`,
    ...aligned([
      ["TEAM", "CERTIFICATES", "NOW", "WITH ACM", "WITH LET'S ENCRYPT"],
      ...teams.map((each) => [each.team ?? "nobody named", ...costCells(each)]),
      ...(teams.length === 1 ? [] : [["all", ...costCells(costs)]]),
    ]),
    ...costNotes(costs),
  ];
}

export function costNotes({ countsLabour, unpricedIssuers, withAcm }: Costs): string[] {
  return [
    ...unpricedIssuers.map(
      ({ issuer, certificates }) => `no price for the issuer ${issuer}: ${counted(certificates, "certificate")}`,
    ),
    ...(withAcm.unpriced > 0
      ? ["with ACM: what nothing of AWS serves would have to be exported, and acm.exportable has no price"]
      : []),
    ...(countsLabour ? [] : ["renewals by hand are not counted: the prices have no labour"]),
  ];
}

export function costCells({ certificates, now, withAcm, withLetsEncrypt }: Compared): string[] {
  return [String(certificates), ...[now, withAcm, withLetsEncrypt].map(amountOf)];
}

/** `1350.00`, `1350.00 and 2 unknown` */
function amountOf({ prices, labour, unpriced }: Cost): string {
  return `${(prices + labour).toFixed(2)}${unpriced > 0 ? ` and ${unpriced} unknown` : ""}`;
}
