/** The first words between core and a plugin: https://github.com/hashicorp/go-plugin/blob/main/docs/guide-plugin-write-non-go.md */
import { AppError } from "../../platform/errors";

const coreProtocol = 1;
const providerProtocol = 6;

/** Not a secret: it only tells a program that was started by Terraform from one started by hand. */
const magicCookie = {
  name: "TF_PLUGIN_MAGIC_COOKIE",
  value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Invitation {
  /** Core's own throw-away certificate. */
  readonly clientCertificatePem: string;
  /** Where sockets may be made, best first. */
  readonly socketParents: readonly string[];
  /** Whether anybody reads trace lines; without TF_LOG core parses each of them and throws it away. */
  readonly logged: boolean;
}

/** Reads what core left in the environment; throws where it was not core that started us, or one we cannot serve. */
export function readInvitation(environment: Environment): Invitation {
  if (environment[magicCookie.name] !== magicCookie.value)
    throw new AppError("provider_handshake", "this is a Terraform provider, which terraform starts by itself", {
      hint: "install it with `unexpired provider install`, name it in required_providers, and run terraform init",
    });
  const versions = (environment.PLUGIN_PROTOCOL_VERSIONS ?? "").split(",").map(Number);
  if (!versions.includes(providerProtocol))
    throw new AppError("provider_handshake", `this terraform does not speak plugin protocol ${providerProtocol}`, {
      hint: "use Terraform 1.1 or later",
    });
  const clientCertificatePem = environment.PLUGIN_CLIENT_CERT ?? "";
  if (clientCertificatePem === "")
    throw new AppError("provider_handshake", "terraform gave no client certificate, so nothing would be encrypted", {
      hint: "unset TF_DISABLE_PLUGIN_TLS",
    });
  const socketParents = [environment.PLUGIN_UNIX_SOCKET_DIR, environment.TMPDIR, "/tmp"].filter(
    (folder): folder is string => folder !== undefined && folder !== "",
  );
  // https://developer.hashicorp.com/terraform/internals/debugging
  const logged = Boolean(environment.TF_LOG || environment.TF_LOG_PROVIDER);
  return { clientCertificatePem, socketParents, logged };
}

export interface Endpoint {
  readonly network: "unix" | "tcp";
  /** A socket's path, or host:port. */
  readonly address: string;
}

/** The line core waits for on stdout. Certificate in base64 without padding, which Go's decoder refuses. */
export function handshakeLine({ network, address }: Endpoint, certificateDer: Buffer): string {
  const certificate = certificateDer.toString("base64").replace(/=+$/, "");
  return [coreProtocol, providerProtocol, network, address, "grpc", certificate].join("|") + "\n";
}
