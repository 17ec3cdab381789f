/**
 * Twenty certificates of two names each, from the start of the process to its end, beside loops of lego and certbot at
 * the same CA. A loop takes as long for each turn, so that a few turns tell its pace.
 */
import { ratio, type Benchmark } from "../benchmark";
import { issuingClients, type IssuingClient } from "../support/issuing-clients";
import { programsOfLoops, withIssuingLoops, type Took } from "../support/issuing-loops";

const rounds = 3;
/** In each round. */
const certificates = { ours: 20, lego: 3, certbot: 3 } as const satisfies Record<IssuingClient, number>;

export const benchmark: Benchmark = {
  subject: "issuing 20 certificates beside lego and certbot",
  needs: programsOfLoops,
  measure: () =>
    withIssuingLoops(async (issue) => {
      const taken: Record<IssuingClient, Took[]> = { lego: [], certbot: [], ours: [] };
      for (let round = 0; round < rounds; round++)
        for (const client of issuingClients) taken[client].push(await issue(client, certificates[client]));
      // means, since it is by chance how often a turn of a loop waits
      const perCertificate = (client: IssuingClient, what: keyof Took) =>
        taken[client].reduce((sum, took) => sum + took[what], 0) / (rounds * certificates[client]);
      const pace = (client: IssuingClient) => 1 / perCertificate(client, "seconds");
      const work = (client: IssuingClient) => perCertificate(client, "processorSeconds") * 1000;
      return (["lego", "certbot"] as const).flatMap((client) => {
        const name = `${client}'s loop`;
        const paces = { name, value: pace(client), ours: pace("ours"), unit: "/s" };
        const works = { name, value: work(client), ours: work("ours"), unit: "ms each" };
        return [
          ratio(`issue-20-certificates-${client}`, { atLeast: 10 }, paces),
          ratio(`issue-20-processor-time-${client}`, null, works),
        ];
      });
    }),
};
