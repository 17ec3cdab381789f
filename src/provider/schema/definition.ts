/** Refuses schemas that the protocol, or this framework, cannot keep its promises for. Runs once per schema. */
import { AppError } from "../../platform/errors";
import { formatPath, type AttributePath } from "../wire/attribute-path";
import { isComputed, isWriteOnly, type AttributeType, type BlockType, type ValueType } from "../wire/block-type";

const identifier = /^[a-z][a-z0-9_]*$/;

/** Names that core keeps for itself in every resource block. */
const reserved = new Set(["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"]);

export function checkDefinition(block: BlockType): void {
  checkBlock(block, [], { inSet: false, top: true });
}

interface Place {
  readonly inSet: boolean;
  readonly top: boolean;
}

function checkBlock(block: BlockType, path: AttributePath, place: Place): void {
  for (const [name, attribute] of Object.entries(block.attributes))
    checkAttribute(name, attribute, [...path, name], place);
  for (const [name, nested] of Object.entries(block.blocks)) {
    checkName(name, [...path, name], place);
    if (name in block.attributes) refuse([...path, name], "is both an attribute and a block");
    checkBlock(nested, [...path, name], { inSet: place.inSet || nested.nesting === "set", top: false });
  }
}

function checkAttribute(name: string, attribute: AttributeType, path: AttributePath, place: Place): void {
  checkName(name, path, place);
  // core matches set elements by their whole value, so a value that appears later would make another element of it
  if (place.inSet && (attribute.mode === "computed" || attribute.mode === "optionalComputed"))
    refuse(path, "is computed inside a set: use a list or a map");
  if (place.inSet && isWriteOnly(attribute)) refuse(path, "is write-only inside a set: core does not allow that");
  checkType(attribute.type, path, { inSet: place.inSet, top: false }, true);
  if (isComputed(attribute) && attribute.type.kind === "object" && attribute.mode === "defaulted")
    refuse(path, "is an object with a default: give its attributes defaults");
}

function checkType(type: ValueType, path: AttributePath, place: Place, objectAllowed: boolean): void {
  if (type.kind === "object") {
    if (!objectAllowed) refuse(path, "has objects in a collection of collections: the protocol has no form for it");
    for (const [name, attribute] of Object.entries(type.attributes))
      checkAttribute(name, attribute, [...path, name], place);
  } else if (type.kind === "list" || type.kind === "set" || type.kind === "map") {
    const inSet = place.inSet || type.kind === "set";
    checkType(type.element, path, { inSet, top: false }, objectAllowed && type.element.kind === "object");
  }
}

function checkName(name: string, path: AttributePath, place: Place): void {
  if (!identifier.test(name)) refuse(path, "is not a name in lower case, digits and underscores");
  if (place.top && reserved.has(name)) refuse(path, "has a name that core keeps for itself");
}

function refuse(path: AttributePath, problem: string): never {
  throw new AppError("internal", `schema attribute ${formatPath(path)} ${problem}`);
}
