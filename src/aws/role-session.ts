import type { Clock } from "../platform/clock";

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The SDK asks for other credentials five minutes before the end of those it has. */
const marginMs = 6 * 60_000;

/** One session of a role for all clients of an access, each of which would start its own. */
export class RoleSession {
  private current: Promise<SessionCredentials> | undefined;

  constructor(
    private readonly start: () => Promise<SessionCredentials>,
    private readonly clock: Clock,
  ) {}

  /** Those in force, or new ones shortly before their end. What could not be started is tried again by the next. */
  async get(): Promise<SessionCredentials> {
    const known = this.current;
    if (known !== undefined) {
      const credentials = await known;
      if (!this.isNearEnd(credentials)) return credentials;
    }
    // Of several that waited for the same session, the first one starts the next.
    if (this.current === undefined || this.current === known) this.current = this.begin();
    return this.current;
  }

  private begin(): Promise<SessionCredentials> {
    const starting = this.start();
    starting.catch(() => {
      if (this.current === starting) this.current = undefined;
    });
    return starting;
  }

  private isNearEnd({ expiration }: SessionCredentials): boolean {
    return expiration !== undefined && expiration.getTime() - this.clock.now().getTime() < marginMs;
  }
}
