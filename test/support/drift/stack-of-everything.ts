/** A stack with a piece for each thing that a plan may do to certificates, and changes of it by name. */
import { listenerOf, type DriftWorld } from "./drift-world";

export type Pieces = Readonly<Record<PieceName, string>>;

type PieceName = "web" | "api" | "listener" | "sni" | "record" | "topic" | "outputs" | "more";

export function piecesOf(world: DriftWorld): Pieces {
  return {
    web: world.certificate("web"),
    api: world.certificate("api"),
    listener: listenerOf("web"),
    sni: `
resource "aws_lb_listener_certificate" "api" {
  listener_arn    = aws_lb_listener.https.arn
  certificate_arn = unexpired_certificate.api.arn
  lifecycle { create_before_destroy = true }
}
`,
    record: `
resource "unexpired_dns_record" "proof" {
  zone   = "example.gov"
  name   = "_3f1c9a.shop.example.gov"
  type   = "CNAME"
  values = ["_77ab21.acm-validations.aws"]
}
`,
    topic: topicOf("alarms", "alarms"),
    outputs: `
variable "token" {
  type      = string
  sensitive = true
}
resource "terraform_data" "token" { input = var.token }
output "serial" { value = unexpired_certificate.web.serial }
output "note" { value = "as it was" }
`,
    more: "",
  };
}

export function topicOf(label: string, name: string): string {
  return `resource "aws_sns_topic" "${label}" { name = "${name}" }\n`;
}

export function textOf(pieces: Pieces): string {
  return Object.values(pieces).join("");
}
