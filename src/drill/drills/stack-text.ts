import type { DrillEstate } from "../estate";

/** A certificate on a listener, in Terraform, with its state where it can be locked. */
export function stackText({ sandbox, nameServers }: DrillEstate, stateAddress: string): string {
  const { acme, files, loadBalancers } = sandbox;
  return `terraform {
  backend "http" {
    address        = "${stateAddress}"
    lock_address   = "${stateAddress}"
    unlock_address = "${stateAddress}"
  }
  required_providers {
    unexpired = { source = "unexpired/unexpired" }
    aws       = { source = "hashicorp/aws" }
  }
}
provider "unexpired" {
  edge_dns     = { edgerc = "${files.edgerc}", ca_file = "${files.edgeDnsCaFile}" }
  name_servers = ${JSON.stringify(nameServers)}
}
resource "unexpired_certificate" "web" {
  name         = "drill/web"
  domain_names = ["www.example.gov"]
  issuer       = { directory_url = "${acme.directoryUrl}", ca_file = "${files.acmeCaFile}" }
  zones        = [{ name = "example.gov" }]
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = "${loadBalancers.get("web") ?? ""}"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = unexpired_certificate.web.arn
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
output "listener_arn" {
  value = aws_lb_listener.https.arn
}
`;
}
