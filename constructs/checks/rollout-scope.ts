import { Construct, type IConstruct } from "constructs";
import { TerraformStack } from "../engine";

/**
 * Where a listener's rollout belongs: to the listener, whichever attachment gives it its default. So an attachment that is
 * renamed, or two that swap their roles, change one rollout in place, and terraform knows what comes after it; one that
 * ended while another began would have no order. A listener of another stack cannot hold it: the attachment does.
 */
export function rolloutScope(attachment: Construct, listener: IConstruct): Construct {
  const isInReach = TerraformStack.of(listener) === TerraformStack.of(attachment) && Construct.isConstruct(listener);
  return isInReach ? listener : attachment;
}
