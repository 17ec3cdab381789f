# The provider without CDKTF: a certificate from Let's Encrypt as the default of an HTTPS listener, and the DNS record
# of a service beside it.

terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
    unexpired = {
      source  = "unexpired/unexpired"
      version = "~> 0.1"
    }
  }
}

variable "load_balancer_arn" {
  type        = string
  description = "Load balancer that gets the listener."
}

variable "zone_name" {
  type        = string
  default     = "example.gov"
  description = "Zone in Akamai Edge DNS."
}

variable "region" {
  type        = string
  default     = "us-east-1"
  description = "AWS region of the load balancer and the certificate."
}

variable "issuer" {
  type = object({
    directory_url = string
    ca_file       = optional(string)
    profile       = optional(string)
    contact_email = optional(string)
  })
  default     = { directory_url = "https://acme-v02.api.letsencrypt.org/directory" }
  description = "The ACME CA and what to ask of it."
}

variable "edge_dns" {
  type = object({
    edgerc  = optional(string)
    section = optional(string)
    ca_file = optional(string)
  })
  default     = {}
  description = "Credentials for akamai-dns-proxy, or for Edge DNS itself; section default of ~/.edgerc if empty."
}

variable "name_servers" {
  type        = list(string)
  default     = null
  description = "Name servers to ask instead of the zone's own, as host:port."
}

provider "aws" {
  region = var.region
}

provider "unexpired" {
  region       = var.region
  edge_dns     = var.edge_dns
  name_servers = var.name_servers
}

resource "unexpired_certificate" "web" {
  name         = "plain-terraform/web"
  domain_names = ["www.${var.zone_name}", "*.www.${var.zone_name}"]
  issuer       = var.issuer
  zones        = [{ name = var.zone_name }]

  # The listener changes to a new certificate before the old one goes, even when this block is removed one day.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = var.load_balancer_arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = unexpired_certificate.web.arn

  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      message_body = "no such site"
      status_code  = "404"
    }
  }
}

resource "unexpired_dns_record" "contact" {
  zone   = var.zone_name
  name   = "_contact.www.${var.zone_name}"
  type   = "TXT"
  values = ["tls@${var.zone_name}"]
}

output "certificate_arn" {
  value = unexpired_certificate.web.arn
}

output "listener_arn" {
  value = aws_lb_listener.https.arn
}
