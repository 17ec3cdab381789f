import type { CertificateSummary } from "../../../../src/aws/stored-certificate";
import { AcmView } from "../../../../src/drift/detect/acm-view";
import type { StateCertificate } from "../../../../src/drift/detect/certificates-in-state";
import { AppError } from "../../../../src/platform/errors";

const arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";
const [end, later] = [new Date("2027-02-10T00:00:00Z"), new Date("2027-05-10T00:00:00Z")];
const held: StateCertificate = {
  ...{ address: "unexpired_certificate.web", arn, names: [], renewedBy: "plan", issuer: "ca", notAfter: end },
  ...{ policy: {}, followsCa: true },
};
const summary: CertificateSummary = {
  ...{ arn, domainNames: [], inUse: true, type: "IMPORTED", status: "ISSUED", notAfter: end },
};

/** ACM with these certificates listed; `asked` tells what it was asked for. */
function acm(listed: readonly CertificateSummary[] | AppError, described?: CertificateSummary) {
  const asked: string[] = [];
  const store = (region: string) => ({
    inventory: {
      summaries: () => {
        asked.push(`list ${region}`);
        if (listed instanceof AppError) return Promise.reject(listed);
        return Promise.resolve(new Map(listed.map((each) => [each.arn, each])));
      },
    },
    describe: (which: string) => {
      asked.push(`describe ${which}`);
      return Promise.resolve(described && { ...described, inUseBy: [] });
    },
  });
  return { asked, view: new AcmView(store, new AbortController().signal) };
}

test("one list for a region, however many ask, as long as it agrees with the state", async () => {
  const { asked, view } = acm([summary]);
  const answers = await Promise.all([view.look(held, false), view.look(held, false)]);
  const seen = { state: "seen", certificate: summary };
  expect(answers).toEqual([seen, seen]);
  expect(asked).toEqual(["list us-east-1"]);
});

test.each<[string, readonly CertificateSummary[], boolean]>([
  ["another end is listed", [{ ...summary, notAfter: later }], false],
  ["it is not listed", [], false],
  ["ACM should be renewing it", [summary], true],
])("%s: that one is described", async (_, listed, isAcmsTurn) => {
  const { asked, view } = acm(listed, { ...summary, notAfter: later });
  const answer = await view.look(held, isAcmsTurn);
  expect(answer).toMatchObject({ state: "seen", certificate: { notAfter: later } });
  expect(asked).toEqual(["list us-east-1", `describe ${arn}`]);
});

test("only a description proves that it is gone", async () => {
  expect(await acm([]).view.look(held, false)).toEqual({ state: "gone" });
});

test("a region that cannot be asked is not asked again", async () => {
  const error = new AppError("invalid_credentials", "there are none");
  const { asked, view } = acm(error);
  expect(await view.look(held, false)).toEqual({ state: "unseen", error });
  expect(await view.look(held, false)).toEqual({ state: "unseen", error });
  expect(asked).toEqual(["list us-east-1"]);
});
