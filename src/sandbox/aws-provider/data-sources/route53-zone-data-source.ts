/** `data "aws_route53_zone"`: a hosted zone by its ID or its name (internal/service/route53/zone_data_source.go). */
import { sdk } from "../../../aws/sdk";
import { AppError } from "../../../platform/errors";
import { defineDataSource } from "../../../provider/rpc/data-source";
import type { OperationContext } from "../../../provider/rpc/resource";
import {
  bool,
  computed,
  defineSchema,
  list,
  map,
  number,
  optional,
  optionalComputed,
  string,
  type KnownConfigOf,
} from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for the data source aws_route53_zone of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    caller_reference: computed(string),
    comment: computed(string),
    enable_accelerated_recovery: optionalComputed(bool),
    id: optionalComputed(string),
    linked_service_description: computed(string),
    linked_service_principal: computed(string),
    name: optionalComputed(string),
    name_servers: computed(list(string)),
    primary_name_server: computed(string),
    private_zone: optional(bool),
    resource_record_set_count: computed(number),
    tags: optionalComputed(map(string)),
    vpc_id: optionalComputed(string),
    zone_id: optionalComputed(string),
  },
});

/** The one zone that is meant; a private one only if that is said. */
async function findZone(
  { name, zone_id, private_zone }: KnownConfigOf<typeof schema>,
  { data, signal }: OperationContext<StandInData>,
): Promise<string> {
  if (zone_id !== null) return zone_id;
  const found = await data.aws.hostedZones().listByName(name ?? "", { signal });
  const [zone, ...more] = found.filter(({ isPrivate }) => isPrivate === (private_zone ?? false));
  if (zone !== undefined && more.length === 0) return zone.id;
  throw new AppError(
    "invalid_argument",
    `${zone === undefined ? "no" : "more than one"} Route 53 hosted zone matches ${name ?? ""}`,
    { hint: "give its zone_id" },
  );
}

export const route53ZoneDataSource = defineDataSource<typeof schema, StandInData>({
  typeName: "aws_route53_zone",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, ["enable_accelerated_recovery", "id", "tags", "vpc_id"], diagnostics);
    if ((config.zone_id === null) === (config.name === null))
      diagnostics.error("exactly one of zone_id and name must be set", { path: ["zone_id"] });
  },
  load: () =>
    Promise.resolve({
      async read(config, context) {
        const { data, signal } = context;
        const id = await findZone(config, context);
        const { HostedZone: zone, DelegationSet } = await data.services
          .route53()
          .call("GetHostedZone", id, signal, (client, options) =>
            client.send(new (sdk.route53().GetHostedZoneCommand)({ Id: id }), options),
          );
        const nameServers = DelegationSet?.NameServers ?? [];
        return {
          arn: `arn:aws:route53:::hostedzone/${id}`,
          caller_reference: zone?.CallerReference ?? "",
          comment: zone?.Config?.Comment ?? "",
          enable_accelerated_recovery: null,
          id,
          linked_service_description: "",
          linked_service_principal: "",
          name: config.name ?? (zone?.Name ?? "").replace(/\.$/, ""),
          name_servers: [...nameServers].sort(),
          primary_name_server: nameServers[0] ?? "",
          private_zone: config.private_zone,
          resource_record_set_count: zone?.ResourceRecordSetCount ?? 0,
          tags: await data.aws.hostedZones().tags(id, { signal }),
          vpc_id: null,
          zone_id: id,
        };
      },
    }),
});
