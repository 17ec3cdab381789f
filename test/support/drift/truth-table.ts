/**
 * Changes of a stack with a certificate that is due, and what drift-check must make of the plan for each. None of them
 * may be applied. What may is in the tests beside this table.
 */
import type { DriftWorld } from "./drift-world";
import { listenerOf } from "./drift-world";
import { topicOf, type Pieces } from "./stack-of-everything";

export interface Row {
  readonly verdict: "needs-approval" | "forbidden";
  /** `rule: subject: value`, all that are found. */
  readonly findings: readonly string[];
  readonly change?: (pieces: Pieces, world: DriftWorld) => Partial<Pieces>;
  /** Of drift-check.yaml. */
  readonly config?: Readonly<Record<string, unknown>>;
}

const asked = (...findings: readonly string[]) => ({ verdict: "needs-approval" as const, findings });
const refused = (...findings: readonly string[]) => ({ verdict: "forbidden" as const, findings });

export const truthTable: Readonly<Record<string, Row>> = {
  "a tag of the certificate as well": {
    ...asked("only-renewals: unexpired_certificate.web: tags"),
    change: (_, world) => ({ web: world.certificate("web", 'tags = { team = "web" }') }),
  },
  "the names of the certificate": {
    ...asked("only-renewals: unexpired_certificate.web: domain_names"),
    change: ({ web }) => ({ web: web.replace('["web.example.gov"]', '["web.example.gov", "www.example.gov"]') }),
  },
  "its renewal policy": {
    ...asked("only-renewals: unexpired_certificate.web: renewal"),
    change: (_, world) => ({ web: world.certificate("web", "renewal = { days_before_expiry = 20 }") }),
  },
  "its key, so that a new certificate takes its place first": {
    ...asked(
      "only-renewals: aws_lb_listener.https: update",
      "only-renewals: unexpired_certificate.web: create then delete",
    ),
    change: (_, world) => ({ web: world.certificate("web", 'key_algorithm = "RSA_2048"') }),
  },
  "a security group of the load balancer": {
    ...asked("only-renewals: aws_lb.front: update"),
    change: ({ listener }) => ({ listener: listener.replace("sg-0a1b2c3d4e5f60718", "sg-1a1b2c3d4e5f60718") }),
  },
  "a new resource": {
    ...asked("only-renewals: aws_sns_topic.other: create"),
    change: () => ({ more: topicOf("other", "other") }),
  },
  "a resource is destroyed that has nothing to do with certificates": {
    ...asked("only-renewals: aws_sns_topic.alarms: delete"),
    change: () => ({ topic: "" }),
  },
  "a resource is moved": {
    ...asked("only-renewals: aws_sns_topic.alerts: moved"),
    change: () => ({
      topic: `${topicOf("alerts", "alarms")}moved {
  from = aws_sns_topic.alarms
  to   = aws_sns_topic.alerts
}`,
    }),
  },
  "a resource is imported": {
    ...asked("only-renewals: terraform_data.old: import"),
    change: () => ({ more: 'import {\n to = terraform_data.old\n id = "x"\n}\nresource "terraform_data" "old" {}\n' }),
  },
  "an output": {
    ...asked("only-renewals: output note: value"),
    change: ({ outputs }) => ({ outputs: outputs.replace("as it was", "as it is") }),
  },
  "a resource that follows from the renewal, and is not listed": {
    ...asked("only-renewals: terraform_data.serial: create"),
    change: () => ({ more: 'resource "terraform_data" "serial" { input = unexpired_certificate.web.serial }\n' }),
  },
  "the listener serves another certificate": {
    ...asked("only-renewals: aws_lb_listener.https: update"),
    change: () => ({ listener: listenerOf("api") }),
  },
  "the listener is replaced": {
    ...refused(
      "keeps-attachments: aws_lb_listener.https: delete then create",
      "keeps-attachments: aws_lb_listener_certificate.api: delete then create",
      "only-renewals: aws_lb_listener.https: delete then create",
      "only-renewals: aws_lb_listener_certificate.api: delete then create",
    ),
    change: ({ listener, sni }, { world }) => ({
      listener: listener.replace("aws_lb.front.arn", `"${world.sandbox.loadBalancers.get("web") ?? ""}"`),
      sni: sni.replace("lifecycle { create_before_destroy = true }", ""),
    }),
  },
  "the listener has no certificate any more": {
    ...refused(
      "keeps-attachments: aws_lb_listener_certificate.api: delete",
      "never-without-certificate: aws_lb_listener.https: 1 to 0",
      "only-renewals: aws_lb_listener.https: update",
      "only-renewals: aws_lb_listener_certificate.api: delete",
    ),
    change: ({ listener }) => ({
      listener: listener.replace('"HTTPS"', '"HTTP"').replace(/ {2}certificate_arn .*\n/, ""),
      sni: "",
    }),
  },
  "a certificate and what serves it are destroyed": {
    ...refused(
      "keeps-attachments: aws_lb_listener_certificate.api: delete",
      "keeps-certificates: unexpired_certificate.api: delete",
      "only-renewals: aws_lb_listener_certificate.api: delete",
      "only-renewals: unexpired_certificate.api: delete",
    ),
    change: () => ({ api: "", sni: "" }),
  },
  "a certificate is forgotten": {
    ...refused(
      "keeps-attachments: aws_lb_listener_certificate.api: delete",
      "keeps-certificates: unexpired_certificate.api: forget",
      "only-renewals: aws_lb_listener_certificate.api: delete",
      "only-renewals: unexpired_certificate.api: forget",
    ),
    change: () => ({
      api: "removed {\n from = unexpired_certificate.api\n lifecycle { destroy = false }\n}\n",
      sni: "",
    }),
  },
  "an attachment is destroyed": {
    ...refused(
      "keeps-attachments: aws_lb_listener_certificate.api: delete",
      "only-renewals: aws_lb_listener_certificate.api: delete",
    ),
    change: () => ({ sni: "" }),
  },
  "the record goes by which ACM validates a name": {
    ...refused(
      "keeps-validation-records: unexpired_dns_record.proof: delete",
      "only-renewals: unexpired_dns_record.proof: delete",
    ),
    change: () => ({ record: "" }),
  },
  "nothing else, and more renewals than the cap": {
    ...asked("within-cap: the plan: 1"),
    config: { limits: { renewals: 0 } },
  },
  "nothing else, and a greater share than the cap": {
    ...asked("within-cap: the plan: 1 of 2"),
    config: { limits: { share: 0.4, shareAbove: 1 } },
  },
  "nothing else, in a freeze": {
    ...asked("outside-freeze: the time: 2999-01-01T00:00:00.000Z"),
    config: { freezes: [{ from: "2026-01-01", until: "2999-01-01", reason: "the end of the year" }] },
  },
  "nothing else, and the plan is too old": {
    ...refused("fresh-plan: the plan: 0 minutes"),
    config: { limits: { planAgeMinutes: 0 } },
  },
};
