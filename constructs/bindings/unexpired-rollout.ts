import type { Construct } from "constructs";
import { type TerraformMetaArguments, TerraformResource } from "../engine";
import { attributesToHcl, attributesToTerraform, computed, optional, required, type SettingsOf } from "./attributes";
import { generatorMetadata } from "./provider-version";

export interface UnexpiredRolloutConfig extends TerraformMetaArguments {
  /** Of an Application or Network Load Balancer; `classicListener` of a Classic one. */
  readonly listenerArn?: string;
  readonly classicListener?: UnexpiredRolloutClassicListener;
  readonly certificateArn: string;
  readonly role?: string;
  readonly region?: string;
  readonly timeouts?: UnexpiredRolloutTimeouts;
}

export interface UnexpiredRolloutClassicListener {
  readonly loadBalancerName: string;
  readonly port: number;
}

export interface UnexpiredRolloutTimeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

const settings: SettingsOf<UnexpiredRolloutConfig> = {
  listenerArn: optional("string"),
  classicListener: optional({
    object: {
      loadBalancerName: required("string"),
      port: required("number"),
    } satisfies SettingsOf<UnexpiredRolloutClassicListener>,
  }),
  certificateArn: required("string"),
  role: optional("string"),
  region: optional("string"),
  timeouts: optional({
    object: {
      create: optional("string"),
      update: optional("string"),
      delete: optional("string"),
    } satisfies SettingsOf<UnexpiredRolloutTimeouts>,
  }),
};

/** Resource `unexpired_rollout`: a certificate on a listener, and the one before it taken away. */
export class UnexpiredRollout extends TerraformResource {
  static readonly tfResourceType = "unexpired_rollout";

  static readonly attributes = { ...settings, id: computed("string") };

  constructor(
    scope: Construct,
    id: string,
    private readonly config: UnexpiredRolloutConfig,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: UnexpiredRollout.tfResourceType,
      terraformGeneratorMetadata: generatorMetadata,
    });
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributesToTerraform(UnexpiredRollout.attributes, this.config);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return attributesToHcl(UnexpiredRollout.attributes, this.config);
  }
}
