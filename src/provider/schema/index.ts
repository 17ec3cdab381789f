/** Everything a resource's schema is written with. */
export { computed, optional, optionalComputed, required, requiredWriteOnly, writeOnly } from "./attributes";
export type { AttributeOptions, Validator } from "./attributes";
export { Diagnostics } from "./diagnostics";
export type { Diagnostic, DiagnosticOptions, Severity } from "./diagnostics";
export { defineSchema, listBlock, mapBlock, setBlock, singleBlock } from "./schema";
export type { Schema } from "./schema";
export { timeouts } from "./timeouts";
export { integerBetween, itemCount, matching, notEmpty } from "./validators";
export { bool, list, map, number, object, oneOf, set, string } from "./value-types";
export type { AppliedPlanOf, ConfigOf, KnownConfigOf, PlanOf, PriorOf, StateOf } from "./values";
export { formatPath, mapKey } from "../wire/attribute-path";
export type { AttributePath } from "../wire/attribute-path";
export { isUnknown, UNKNOWN } from "../wire/value";
export type { Unknown } from "../wire/value";
