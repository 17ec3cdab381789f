import type { Construct } from "constructs";
import { type TerraformMetaArguments, TerraformResource } from "../engine";
import { attributesToHcl, attributesToTerraform, computed, optional, required, type SettingsOf } from "./attributes";
import { generatorMetadata } from "./provider-version";

export interface UnexpiredDnsRecordConfig extends TerraformMetaArguments {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly ttlSeconds?: number;
  readonly keepOnDestroy?: boolean;
  readonly timeouts?: UnexpiredDnsRecordTimeouts;
}

export interface UnexpiredDnsRecordTimeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

const settings: SettingsOf<UnexpiredDnsRecordConfig> = {
  zone: required("string"),
  name: required("string"),
  type: required("string"),
  values: required("set(string)"),
  ttlSeconds: optional("number"),
  keepOnDestroy: optional("bool"),
  timeouts: optional({
    object: {
      create: optional("string"),
      update: optional("string"),
      delete: optional("string"),
    } satisfies SettingsOf<UnexpiredDnsRecordTimeouts>,
  }),
};

/** Resource `unexpired_dns_record`: values of ours in a record set that others may share. */
export class UnexpiredDnsRecord extends TerraformResource {
  static readonly tfResourceType = "unexpired_dns_record";

  static readonly attributes = { ...settings, id: computed("string") };

  constructor(
    scope: Construct,
    id: string,
    private readonly config: UnexpiredDnsRecordConfig,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: UnexpiredDnsRecord.tfResourceType,
      terraformGeneratorMetadata: generatorMetadata,
    });
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributesToTerraform(UnexpiredDnsRecord.attributes, this.config);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return attributesToHcl(UnexpiredDnsRecord.attributes, this.config);
  }
}
