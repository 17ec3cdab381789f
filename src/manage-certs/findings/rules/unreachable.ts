import { groupBy } from "../estate-view";
import type { FindingRule } from "../finding";
import { ofPoint } from "../words";

export const unreachable: FindingRule = {
  id: "unreachable",
  title: "an address that gave no handshake, so that what it serves is not known",
  severity: "notice",
  advice: "scan from a network that reaches it, or tell where it is with --connect-to",
  find: ({ estate }) => {
    const lost = estate.observations.filter(({ outcome }) => outcome.state === "unreachable");
    return [...groupBy(lost, ({ point }) => point.id).values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const all = group.map(({ address, port, outcome }) =>
        outcome.state === "unreachable" ? `${address}:${port} (${outcome.why})` : "",
      );
      return [
        {
          ...ofPoint(first.point),
          severity: "notice",
          message: `no handshake with ${all.join(", ")}`,
          action: "scan from a network that reaches it, or tell where it is with --connect-to",
        } as const,
      ];
    });
  },
};
