import type { Construct } from "constructs";
import { type TerraformMetaArguments, TerraformResource } from "../engine";
import { attributesToHcl, attributesToTerraform, computed, optional, required, type SettingsOf } from "./attributes";
import { generatorMetadata } from "./provider-version";

export interface UnexpiredCertificateConfig extends TerraformMetaArguments {
  readonly name: string;
  readonly domainNames: readonly string[];
  readonly keyAlgorithm?: string;
  readonly region?: string;
  readonly issuer: UnexpiredCertificateIssuer;
  readonly zones: readonly UnexpiredCertificateZone[];
  readonly renewal?: UnexpiredCertificateRenewal;
  readonly tags?: Readonly<Record<string, string>>;
  readonly timeouts?: UnexpiredCertificateTimeouts;
}

export interface UnexpiredCertificateIssuer {
  readonly directoryUrl: string;
  readonly caFile?: string;
  readonly profile?: string;
  readonly preferredChain?: string;
  readonly contactEmail?: string;
  readonly externalAccountBinding?: UnexpiredCertificateExternalAccountBinding;
}

/** Exactly one place of the HMAC key. */
export interface UnexpiredCertificateExternalAccountBinding {
  readonly keyId: string;
  readonly hmacKeyEnv?: string;
  readonly hmacKeySecretArn?: string;
  readonly hmacKeyFile?: string;
}

export interface UnexpiredCertificateZone {
  readonly name: string;
  readonly type?: string;
  readonly id?: string;
}

export interface UnexpiredCertificateRenewal {
  readonly enabled?: boolean;
  readonly daysBeforeExpiry?: number;
  readonly ari?: boolean;
}

export interface UnexpiredCertificateTimeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

const issuer: SettingsOf<UnexpiredCertificateIssuer> = {
  directoryUrl: required("string"),
  caFile: optional("string"),
  profile: optional("string"),
  preferredChain: optional("string"),
  contactEmail: optional("string"),
  externalAccountBinding: optional({
    object: {
      keyId: required("string"),
      hmacKeyEnv: optional("string"),
      hmacKeySecretArn: optional("string"),
      hmacKeyFile: optional("string"),
    } satisfies SettingsOf<UnexpiredCertificateExternalAccountBinding>,
  }),
};

const settings: SettingsOf<UnexpiredCertificateConfig> = {
  name: required("string"),
  domainNames: required("list(string)"),
  keyAlgorithm: optional("string"),
  region: optional("string"),
  issuer: required({ object: issuer }),
  zones: required({
    list: {
      name: required("string"),
      type: optional("string"),
      id: optional("string"),
    } satisfies SettingsOf<UnexpiredCertificateZone>,
  }),
  renewal: optional({
    object: {
      enabled: optional("bool"),
      daysBeforeExpiry: optional("number"),
      ari: optional("bool"),
    } satisfies SettingsOf<UnexpiredCertificateRenewal>,
  }),
  tags: optional("map(string)"),
  timeouts: optional({
    object: {
      create: optional("string"),
      update: optional("string"),
      delete: optional("string"),
    } satisfies SettingsOf<UnexpiredCertificateTimeouts>,
  }),
};

/** Resource `unexpired_certificate`: what `ManagedCertificate` is made of. */
export class UnexpiredCertificate extends TerraformResource {
  static readonly tfResourceType = "unexpired_certificate";

  static readonly attributes = {
    ...settings,
    arn: computed("string"),
    serial: computed("string"),
    fingerprint: computed("string"),
    notBefore: computed("string"),
    notAfter: computed("string"),
    renewAt: computed("string"),
    renewalReason: computed("string"),
    certificateChain: computed("string"),
  };

  constructor(
    scope: Construct,
    id: string,
    private readonly config: UnexpiredCertificateConfig,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: UnexpiredCertificate.tfResourceType,
      terraformGeneratorMetadata: generatorMetadata,
    });
  }

  /** As declared. */
  get keyAlgorithmInput(): string | undefined {
    return this.config.keyAlgorithm;
  }
  get issuerInput(): UnexpiredCertificateIssuer {
    return this.config.issuer;
  }
  get domainNames(): readonly string[] {
    return this.config.domainNames;
  }
  get arn(): string {
    return this.getStringAttribute("arn");
  }
  get region(): string {
    return this.getStringAttribute("region");
  }
  get serial(): string {
    return this.getStringAttribute("serial");
  }
  get fingerprint(): string {
    return this.getStringAttribute("fingerprint");
  }
  get notBefore(): string {
    return this.getStringAttribute("not_before");
  }
  get notAfter(): string {
    return this.getStringAttribute("not_after");
  }
  get renewAt(): string {
    return this.getStringAttribute("renew_at");
  }
  get renewalReason(): string {
    return this.getStringAttribute("renewal_reason");
  }
  get certificateChain(): string {
    return this.getStringAttribute("certificate_chain");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributesToTerraform(UnexpiredCertificate.attributes, this.config);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return attributesToHcl(UnexpiredCertificate.attributes, this.config);
  }
}
