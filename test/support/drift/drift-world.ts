/**
 * Stacks that drift-check looks at, applied by real terraform on a sandbox. A certificate becomes due on demand: the
 * renewal information that a CA is believed to have given is remembered in a file, and a test may write that file.
 */
import { join } from "node:path";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { certIdOf } from "../../../src/issuance/cert-id-of";
import { RenewalInfoCache } from "../../../src/issuance/renewal-info-cache";
import type { SandboxOptions } from "../../../src/sandbox/sandbox-options";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../provider-world";
import type { TerraformProject } from "../terraform";

const hourMs = 3600_000;

export class DriftWorld {
  private constructor(readonly world: ProviderWorld) {}

  static async start(options: Partial<SandboxOptions> = {}): Promise<DriftWorld> {
    return new DriftWorld(await startProviderWorld(options));
  }

  /** A project with this stack, applied. The environment counts for drift-check, too. */
  async applied(stack: string, environment: Readonly<Record<string, string>> = {}): Promise<TerraformProject> {
    const project = await this.world.project("", environment);
    await project.write({ "stack.tf": stack });
    await project.init();
    await project.apply();
    return project;
  }

  /** Lets the CA's window for what a certificate holds now lie in the past, as far as this project knows. */
  async makeDue(project: TerraformProject, label = "web"): Promise<void> {
    const { certificate_chain } = await project.attributes(`unexpired_certificate.${label}`);
    const certId = certIdOf(parseCertificate(String(certificate_chain)));
    const now = Date.now();
    await new RenewalInfoCache(join(project.folder, "home/.cache/unexpired")).put(certId ?? "", {
      start: new Date(now - 2 * hourMs),
      end: new Date(now - hourMs),
      askAgainAt: new Date(now + 23 * hourMs),
    });
  }

  /** A certificate for LABEL.example.gov; `more` is text among its arguments. */
  certificate(label: string, more = ""): string {
    return `
resource "unexpired_certificate" "${label}" {
  name         = "stack/${label}"
  domain_names = ["${label}.example.gov"]
  issuer       = ${issuerArgument(this.world.sandbox)}
  zones        = [{ name = "example.gov" }]
  ${more}
  lifecycle { create_before_destroy = true }
}
`;
  }

  /** Where the listener of a project is, and whom to trust: `verify` of drift-check.yaml. */
  async verification(project: TerraformProject): Promise<Readonly<Record<string, unknown>>> {
    const { sandbox } = this.world;
    const place = sandbox.account.frontEnd(String((await project.attributes("aws_lb_listener.https")).arn));
    if (place === undefined) throw new Error("the listener is served nowhere");
    return { roots: sandbox.files.rootsFile, connectTo: [`:443:${place.host}:${place.port}`], waitSeconds: 20 };
  }

  /** Orders that the CA has had. */
  orders(): number {
    return this.world.sandbox.acme.orders().length;
  }

  close(): Promise<void> {
    return this.world.close();
  }
}

/** A load balancer of the stack's own, with a listener that serves the certificate \`web\`. */
export function listenerOf(certificate: string, { listener = "", balancer = "" } = {}): string {
  return `
resource "aws_lb" "front" {
  name            = "front"
  security_groups = ["sg-0a1b2c3d4e5f60718"]
  subnets         = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
  ${balancer}
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = unexpired_certificate.${certificate}.arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
  ${listener}
}
`;
}
