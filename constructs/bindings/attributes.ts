/**
 * Attribute tables of our provider's types: one table says which prop becomes which attribute, for JSON and for HCL,
 * and is what a test compares with the provider's schema. Prop `keyAlgorithm` is attribute `key_algorithm`.
 */
import type { TerraformMetaArguments } from "../engine";

export type AttributeType =
  | "string"
  | "number"
  | "bool"
  | "list(string)"
  | "set(string)"
  | "map(string)"
  /** One nested object. */
  | { readonly object: AttributeTable }
  /** A list of nested objects. */
  | { readonly list: AttributeTable };

export interface Attribute {
  readonly type: AttributeType;
  readonly mode: "required" | "optional" | "computed";
}

export type AttributeTable = Readonly<Record<string, Attribute>>;

/** The part of a table that holds the settings of `Config`: complete by its type. */
export type SettingsOf<Config> = {
  readonly [Prop in keyof Required<Omit<Config, keyof TerraformMetaArguments>>]: Attribute;
};

export const required = (type: AttributeType): Attribute => ({ type, mode: "required" });
export const optional = (type: AttributeType): Attribute => ({ type, mode: "optional" });
export const computed = (type: AttributeType): Attribute => ({ type, mode: "computed" });

export function attributeName(prop: string): string {
  return prop.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Settings as Terraform's JSON syntax wants them; what is not set is left out. */
export function attributesToTerraform(table: AttributeTable, settings: object): Record<string, unknown> {
  const values = new Map<string, unknown>(Object.entries(settings));
  return Object.fromEntries(
    Object.entries(table)
      .filter(([prop, { mode }]) => mode !== "computed" && values.get(prop) !== undefined)
      .map(([prop, { type }]) => [attributeName(prop), valueToTerraform(type, values.get(prop))]),
  );
}

/**
 * The same for `cdktf synth --hcl`, whose renderer wants each value with a hint. "any" writes objects with `=`, which
 * nested attributes need: they are arguments, not blocks.
 */
export function attributesToHcl(table: AttributeTable, settings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributesToTerraform(table, settings)).map(([name, value]) => [
      name,
      typeof value === "string" ? { value, type: "simple", storageClassType: "string" } : { value, type: "any" },
    ]),
  );
}

function valueToTerraform(type: AttributeType, value: unknown): unknown {
  if (typeof type === "string" || typeof value !== "object" || value === null) return value;
  if ("object" in type) return attributesToTerraform(type.object, value);
  return Array.isArray(value) ? value.map((item: unknown) => valueToTerraform({ object: type.list }, item)) : value;
}
