/** The operations of `unexpired_certificate`. What only an apply needs is loaded by an apply alone. */
import { parseCertificateArn } from "../../../aws/arn";
import { deleteCertificate } from "../../../issuance/delete-certificate";
import type { ResourceOperations } from "../../rpc/resource";
import { engineOf, warnOfLedger } from "../engine";
import { hasPolicy, type ProviderSettings } from "../settings";
import { planCertificate } from "./plan";
import { certificatePrivateData, type CertificatePrivate } from "./private-data";
import { readCertificate } from "./read";
import type { certificateSchema } from "./schema";

export const certificateOperations: ResourceOperations<typeof certificateSchema, ProviderSettings, CertificatePrivate> =
  {
    privateData: certificatePrivateData,
    plan: async (request, context) => {
      const { data } = context;
      if (hasPolicy(data)) await (await import("./judge-certificate.js")).judgePlan(request, data, context);
      return planCertificate(request, context);
    },
    planDelete: async ({ state }, context) => {
      const { data } = context;
      if (hasPolicy(data)) await (await import("./judge-certificate.js")).judgeDestruction(state, data, context);
    },
    read: readCertificate,
    create: async (request, context) => (await import("./apply.js")).createCertificate(request, context),
    update: async (request, context) => (await import("./apply.js")).updateCertificate(request, context),

    async delete({ state, private: known }, context) {
      const { arn } = state;
      if (arn === null) return;
      const store = engineOf(context.data).certificates(parseCertificateArn(arn).region);
      const { signal, log, diagnostics } = context;
      const outcome =
        known === null
          ? "not-ours"
          : await deleteCertificate({ store, arn, generation: known.generation, log, signal });
      warnOfLedger(context.data, diagnostics);
      if (outcome === "not-ours")
        diagnostics.warning(`${arn} was left in ACM`, {
          detail: "it was not made, or not lastly taken over, by this resource; delete it by hand if nothing needs it",
        });
    },

    async importState(id) {
      parseCertificateArn(id);
      return { state: { arn: id } };
    },
  };
