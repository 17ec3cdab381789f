import type { WireObservation } from "../../scan/estate";
import { groupBy, type Dated } from "../estate-view";
import type { FindingRule } from "../finding";
import { date, ofPoint } from "../words";

export const wireDiffers: FindingRule = {
  id: "wire-differs",
  title: "an address serves another certificate than the API says",
  severity: "critical",
  advice: "wait some minutes and scan again: changes take time; if it stays, see who else answers there",
  find: (view) =>
    view.held.flatMap((held) => {
      const own = view.estate.observations.filter(({ point }) => point.id === held.point.id);
      const differing = own.flatMap((observation) => {
        const wanted = view.expected(held, observation.serverName);
        return wanted?.serial && differs(observation, wanted) ? [{ observation, wanted }] : [];
      });
      return [...groupBy(differing, ({ observation }) => observation.serverName ?? "").values()].flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const { serverName } = first.observation;
        return [
          {
            ...ofPoint(held.point),
            part: serverName ?? "no name",
            severity: "critical",
            message: `${addresses(group.map(({ observation }) => observation))} ${serves(first.observation)}, not ${first.wanted.arn} (until ${date(first.wanted.notAfter)}), to clients that send ${serverName ?? "no name"}`,
            action: "wait some minutes and scan again: changes take time; if it stays, see who else answers there",
          } as const,
        ];
      });
    }),
};

function differs({ outcome }: WireObservation, wanted: Dated): boolean {
  return outcome.state === "served" && outcome.chain[0]?.serial !== wanted.serial;
}

function addresses(observations: readonly WireObservation[]): string {
  const all = observations.map(({ address, port }) => `${address}:${port}`).join(", ");
  return observations.length === 1 ? `${all} serves` : `${all} serve`;
}

function serves({ outcome }: WireObservation): string {
  const leaf = outcome.state === "served" ? outcome.chain[0] : undefined;
  if (leaf === undefined) return "no certificate";
  return `the certificate ${leaf.serial} of ${leaf.issuer} (until ${date(leaf.notAfter)})`;
}
