/** An answer that is an error, before it is written in the protocol of a service. */
export class AwsError extends Error {
  override readonly name = "AwsError";

  constructor(
    /** As on the wire: `ResourceNotFoundException` in JSON services, `ListenerNotFound` in Query services. */
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}
