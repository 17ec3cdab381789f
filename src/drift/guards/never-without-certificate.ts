import type { GuardRule } from "./guard";
import { certificatesServed } from "./certificates-served";

export const neverWithoutCertificate: GuardRule = {
  id: "never-without-certificate",
  verdict: "forbidden",
  forbids: "a listener, distribution or domain name that would serve fewer certificates than it does",
  wayOut: "give it its certificate again; if it is to serve without TLS, apply the plan yourself",
  guard: ({ resources }) =>
    resources.flatMap(({ address, type, actions, change }) => {
      if (!actions.includes("update")) return [];
      const before = certificatesServed(type, change.before);
      const after = certificatesServed(type, change.after, change.afterUnknown);
      if (after.length >= before.length) return [];
      const value = `${before.length} to ${after.length}`;
      return [{ subject: address, value, message: `it would go from ${value} certificates` }];
    }),
};
