import type { IConstruct } from "constructs";
import { TerraformResource } from "../engine";
import type { Finding } from "./finding";

const why: ReadonlyMap<string, string> = new Map([
  ["aws_acm_certificate", "ACM refuses to delete a certificate that is in use, and the listener still names it then"],
  ["unexpired_certificate", "ACM refuses to delete a certificate that is in use, and the listener still names it then"],
  ["aws_lb_listener_certificate", "there is a moment in which no certificate serves the name"],
]);

/** Resources that must be made anew before the old one goes. Those our constructs emit are. */
export function checkCreateBeforeDestroy(node: IConstruct): readonly Finding[] {
  if (!TerraformResource.isTerraformResource(node)) return [];
  const reason = why.get(node.terraformResourceType);
  if (reason === undefined || node.lifecycle?.createBeforeDestroy === true) return [];
  return [
    {
      at: node,
      level: "error",
      what: `${node.terraformResourceType} is destroyed before its replacement is there: ${reason}`,
      source: "Terraform language, lifecycle; ACM API reference, DeleteCertificate, ResourceInUseException",
      fix: "set lifecycle: { createBeforeDestroy: true }, and apply that before anything else changes",
    },
  ];
}
