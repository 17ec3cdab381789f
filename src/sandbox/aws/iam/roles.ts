/** Roles of an account and who may assume them (IAM user guide, "Role trust policies"). */

export interface Role {
  readonly arn: string;
  readonly name: string;
  /** `AROA` and 17 letters and digits. */
  readonly id: string;
  readonly trusts: readonly string[];
  readonly externalId?: string;
  readonly longestSessionSeconds: number;
}

export interface NewRole {
  readonly name: string;
  /** @default "/" */
  readonly path?: string;
  /** Account IDs, whose every user and role may, or ARNs of users and roles. */
  readonly trusts: readonly string[];
  /** What a caller must name (IAM user guide, "The confused deputy problem"). @default nothing */
  readonly externalId?: string;
  /** MaxSessionDuration. @default 3600 */
  readonly longestSessionSeconds?: number;
}

export interface Assumption {
  readonly callerArn: string;
  readonly externalId?: string;
}

export class Roles {
  private readonly roles = new Map<string, Role>();

  constructor(
    private readonly accountId: string,
    private readonly newId: () => string,
  ) {}

  create({ name, path = "/", trusts, externalId, longestSessionSeconds = 3600 }: NewRole): Role {
    const arn = `arn:aws:iam::${this.accountId}:role${path}${name}`;
    const id = `AROA${this.newId().replaceAll("-", "").slice(0, 17).toUpperCase()}`;
    const role = { arn, name, id, trusts, externalId, longestSessionSeconds };
    this.roles.set(arn, role);
    return role;
  }

  /** The role if it is there and trusts the caller: STS tells both refusals in the same words. */
  assumable(arn: string, { callerArn, externalId }: Assumption): Role | undefined {
    const role = this.roles.get(arn);
    if (role === undefined || (role.externalId !== undefined && role.externalId !== externalId)) return undefined;
    return role.trusts.some((principal) => isPrincipal(principal, callerArn)) ? role : undefined;
  }
}

/** A session of a role is its role: `arn:aws:sts::1:assumed-role/NAME/SESSION` has no path. */
function isPrincipal(principal: string, callerArn: string): boolean {
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
  if (account !== undefined) return callerArn.split(":")[4] === account;
  const [, owner, roleName] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  if (roleName === undefined) return principal === callerArn;
  return principal.startsWith(`arn:aws:iam::${owner}:role/`) && principal.endsWith(`/${roleName}`);
}
