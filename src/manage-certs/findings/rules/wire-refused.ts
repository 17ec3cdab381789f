import { missingIntermediate } from "../../../rollout/look-at-handshake";
import { groupBy } from "../estate-view";
import type { FindingRule } from "../finding";
import { holds } from "../holds";
import { ofPoint } from "../words";

/** Names that are not held, chains without intermediates and what is over in the API, too, have rules of their own. */
export const wireRefused: FindingRule = {
  id: "wire-refused",
  title: "clients refuse what is served for another reason than its name, its missing intermediate or its known end",
  severity: "critical",
  advice: "see that the root is one that clients trust (--roots adds those of your own)",
  find: ({ estate, certificates, now }) => {
    const over = new Set(
      certificates.flatMap(({ serial, notAfter }) => (serial && notAfter && notAfter <= now ? [serial] : [])),
    );
    const refused = estate.observations.flatMap((observation) => {
      const { outcome, serverName } = observation;
      if (outcome.state !== "served" || outcome.refusal === undefined || outcome.refusal === missingIntermediate)
        return [];
      const [leaf] = outcome.chain;
      const isNamed = serverName === undefined || holds(leaf?.names ?? [], serverName);
      return isNamed && !over.has(leaf?.serial ?? "") ? [{ ...observation, refusal: outcome.refusal }] : [];
    });
    return [...groupBy(refused, ({ point, refusal }) => `${point.id} ${refusal}`).values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const names = [...new Set(group.map(({ serverName }) => serverName ?? "no name"))].join(", ");
      return [
        {
          ...ofPoint(first.point),
          part: first.refusal,
          severity: "critical",
          message: `clients refuse what it serves: ${first.refusal} (${names})`,
          action: "see that the root is one that clients trust; --roots FILE adds those of your own",
        } as const,
      ];
    });
  },
};
