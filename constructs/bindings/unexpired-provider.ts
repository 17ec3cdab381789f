import type { Construct, IConstruct } from "constructs";
import { checkProviderBlock } from "../checks/check-provider-block";
import { TerraformProvider, TerraformStack } from "../engine";
import { mistakeIn } from "../mistake";
import { attributesToHcl, attributesToTerraform, optional, required, type SettingsOf } from "./attributes";
import { awsSettingsOf } from "./aws-settings";
import { generatorMetadata } from "./provider-version";

export interface UnexpiredProviderConfig {
  /** Region of ACM where a certificate names none. @default that of the stack's default AwsProvider, else the environment's */
  readonly region?: string;
  /** Profile of the AWS configuration files. @default that of the stack's default AwsProvider unless assumeRole is set */
  readonly profile?: string;
  /** Role to take on before AWS is called. @default that of the stack's default AwsProvider unless profile is set */
  readonly assumeRole?: UnexpiredProviderAssumeRole;
  /** Credentials for Edge DNS, or for akamai-dns-proxy in front of it. @default section `default` of `~/.edgerc` */
  readonly edgeDns?: UnexpiredProviderEdgeDns;
  /** Where ACME account keys are kept; exactly one of its members. @default files of the user who runs terraform */
  readonly accountStore?: UnexpiredProviderAccountStore;
  /** The organisation's policy, to which every plan is held. @default the file that `UNEXPIRED_POLICY` names, if it is set */
  readonly policy?: UnexpiredProviderPolicy;
  /** `host:port` of name servers to ask in place of those the zone delegates to: split horizon. @default none */
  readonly nameServers?: readonly string[];
}

export interface UnexpiredProviderAssumeRole {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
}

export interface UnexpiredProviderEdgeDns {
  readonly edgerc?: string;
  readonly section?: string;
  /** PEM file with the root that the proxy's HTTPS server is trusted by. */
  readonly caFile?: string;
}

export interface UnexpiredProviderAccountStore {
  readonly file?: { readonly directory: string };
  readonly environment?: { readonly variable: string };
  readonly secretsManager?: { readonly secretName: string };
}

export interface UnexpiredProviderPolicy {
  /** Path, for terraform in the folder of the stack. @default `UNEXPIRED_POLICY` */
  readonly file?: string;
  /** Who answers for the certificates, as the policy calls them. @default the owner of their names */
  readonly owner?: string;
  /** How important they are. @default the owner's first tier */
  readonly tier?: string;
}

export interface UnexpiredProviderProps extends UnexpiredProviderConfig {
  /** Tells several provider blocks of one stack apart; a certificate names the one it uses. @default the stack's default block */
  readonly alias?: string;
}

const attributes: SettingsOf<UnexpiredProviderConfig> = {
  region: optional("string"),
  profile: optional("string"),
  assumeRole: optional({
    object: {
      roleArn: required("string"),
      externalId: optional("string"),
      sessionName: optional("string"),
    } satisfies SettingsOf<UnexpiredProviderAssumeRole>,
  }),
  edgeDns: optional({
    object: {
      edgerc: optional("string"),
      section: optional("string"),
      caFile: optional("string"),
    } satisfies SettingsOf<UnexpiredProviderEdgeDns>,
  }),
  accountStore: optional({
    object: {
      file: optional({ object: { directory: required("string") } }),
      environment: optional({ object: { variable: required("string") } }),
      secretsManager: optional({ object: { secretName: required("string") } }),
    } satisfies SettingsOf<UnexpiredProviderAccountStore>,
  }),
  policy: optional({
    object: {
      file: optional("string"),
      owner: optional("string"),
      tier: optional("string"),
    } satisfies SettingsOf<UnexpiredProviderPolicy>,
  }),
  nameServers: optional("list(string)"),
};

/** Child of the stack that holds the block made on demand; nobody else would choose this id. */
const onDemandId = "UnexpiredProviderOnDemand";

/** The default block of each stack, made by hand or on demand. */
const defaultBlocks = new WeakMap<TerraformStack, UnexpiredProvider>();

/**
 * Provider block of `unexpired/unexpired`. A stack gets one on demand; make it by hand to set something, in any
 * order with the certificates: it takes the place of the one made on demand.
 */
export class UnexpiredProvider extends TerraformProvider {
  static readonly tfResourceType = "unexpired";
  static readonly attributes = attributes;

  /** Makes sure that the stack has a default block. */
  static ensureIn(scope: IConstruct): void {
    const stack = TerraformStack.of(scope);
    if (!defaultBlocks.has(stack)) new UnexpiredProvider(stack, onDemandId);
  }

  /** Region that a block works in, as far as synthesis can tell; of the stack's default block unless one is given. */
  static regionOf(scope: IConstruct, block?: UnexpiredProvider): string | undefined {
    const used = block ?? defaultBlocks.get(TerraformStack.of(scope));
    return used === undefined ? awsSettingsOf(scope).region : used.settings.region;
  }

  constructor(
    scope: Construct,
    id: string,
    private readonly props: UnexpiredProviderProps = {},
  ) {
    super(scope, id, {
      terraformResourceType: UnexpiredProvider.tfResourceType,
      terraformProviderSource: "unexpired/unexpired",
      terraformGeneratorMetadata: generatorMetadata,
    });
    if (props.alias === undefined) this.becomeDefault();
    checkProviderBlock(this, props);
  }

  override get alias(): string | undefined {
    return this.props.alias;
  }

  private becomeDefault(): void {
    const stack = TerraformStack.of(this);
    const former = defaultBlocks.get(stack);
    if (former !== undefined && former.node.id !== onDemandId)
      throw mistakeIn(this, {
        what: `the stack has a default provider block already, ${former.node.path}`,
        source: "Terraform language, provider configuration",
        fix: "give one of the two an alias",
      });
    if (former !== undefined) stack.node.tryRemoveChild(onDemandId);
    defaultBlocks.set(stack, this);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributesToTerraform(attributes, this.settings);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return attributesToHcl(attributes, this.settings);
  }

  /** Ours before those of the AWS provider, whose identity is taken as a whole or not at all. */
  private get settings(): UnexpiredProviderConfig {
    if (this.alias !== undefined) return this.props;
    const { region, ...identity } = awsSettingsOf(this);
    const own = this.props.profile !== undefined || this.props.assumeRole !== undefined;
    return { ...this.props, region: this.props.region ?? region, ...(own ? {} : identity) };
  }
}
