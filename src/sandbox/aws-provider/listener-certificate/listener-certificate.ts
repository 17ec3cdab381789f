/** `aws_lb_listener_certificate`: one entry in the SNI list of a listener. */
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type OperationContext, type ResourceOperations } from "../../../provider/rpc/resource";
import { defineSchema, optionalComputed, required, string } from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";
import { retryUntilCertificateIsSeen } from "../retry-until-certificate-is-seen";
import { planRegion } from "../plan-region";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for aws_lb_listener_certificate of hashicorp/aws.",
  attributes: {
    listener_arn: required(string, { requiresReplace: true }),
    certificate_arn: required(string, { requiresReplace: true }),
    id: optionalComputed(string),
    region: optionalComputed(string, { requiresReplace: true }),
  },
});

type Operations = ResourceOperations<typeof schema, StandInData>;

/** As the real provider writes it, and as it is imported. */
const idOf = (listenerArn: string, certificateArn: string) => `${listenerArn}_${certificateArn}`;

const operations: Operations = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({ planned: { ...proposed, region: planRegion(config.region, proposed.region, data) } }),

  async create({ config, planned }, { data, signal }) {
    const { listener_arn, certificate_arn } = planned;
    const region = config.region ?? data.region;
    await retryUntilCertificateIsSeen(
      () => data.in(region).addCertificate(listener_arn, certificate_arn, signal),
      signal,
    );
    return { state: { listener_arn, certificate_arn, region, id: idOf(listener_arn, certificate_arn) } };
  },

  async read({ state }, context) {
    const listener_arn = known(state.listener_arn);
    const certificate_arn = known(state.certificate_arn);
    const entries = await entriesOf(listener_arn, state.region, context);
    if (!entries.includes(certificate_arn)) return null;
    const id = idOf(listener_arn, certificate_arn);
    return { state: { listener_arn, certificate_arn, id, region: state.region ?? context.data.region } };
  },

  async delete({ state }, { data, signal }) {
    const client = data.in(state.region);
    await client
      .removeCertificate(known(state.listener_arn), known(state.certificate_arn), signal)
      .catch((error: unknown) => {
        if (!isAppError(error, "aws_not_found")) throw error;
      });
  },

  importState(id) {
    const [listener_arn, certificate_arn, ...rest] = id.split("_");
    if (listener_arn && certificate_arn && rest.length === 0)
      return Promise.resolve({ state: { id, listener_arn, certificate_arn } });
    throw new AppError("invalid_argument", `"${id}" is not the ID of a listener certificate`, {
      hint: "write <listener ARN>_<certificate ARN>",
    });
  },
};

/** Nothing, where the listener is gone as well. */
async function entriesOf(
  listenerArn: string,
  region: string | null,
  { data, signal }: OperationContext<StandInData>,
): Promise<readonly string[]> {
  try {
    return await data.in(region).sniCertificates(listenerArn, signal);
  } catch (error) {
    if (isAppError(error, "aws_not_found")) return [];
    throw error;
  }
}

function known(arn: string | null): string {
  if (arn === null) throw new AppError("internal", "the state of aws_lb_listener_certificate has no ARN");
  return arn;
}

export const listenerCertificate = defineResource<typeof schema, StandInData, never>({
  typeName: "aws_lb_listener_certificate",
  schema,
  validate: (config, diagnostics) => refuseUnimplemented(config, ["id"], diagnostics),
  load: () => Promise.resolve(operations),
});
