type Json = Readonly<Record<string, unknown>>;

/**
 * Texts that a plan in JSON marks as sensitive: values of variables, resources, data and outputs. Terraform hides them in
 * what it shows of a plan, and not in what a provisioner or provider says when it fails.
 */
export function sensitiveTexts(document: Json): string[] {
  const changes = [
    ...[document.resource_changes, document.resource_drift].flatMap(items).map((item) => record(item).change),
    ...Object.values(record(document.output_changes)),
  ].map(record);
  const declared = record(record(record(document.configuration).root_module).variables);
  const given = record(document.variables);
  const texts = new Set([
    ...changes.flatMap(({ before, before_sensitive: marks }) => marked(before, marks)),
    ...changes.flatMap(({ after, after_sensitive: marks }) => marked(after, marks)),
    ...resourcesOf(record(record(record(document.prior_state).values).root_module)).flatMap(
      ({ values, sensitive_values: marks }) => marked(values, marks),
    ),
    ...Object.entries(given).flatMap(([name, variable]) =>
      record(declared[name]).sensitive === true ? textsIn(record(variable).value) : [],
    ),
  ]);
  return [...texts];
}

function resourcesOf(module: Json): Json[] {
  return [...items(module.resources).map(record), ...items(module.child_modules).map(record).flatMap(resourcesOf)];
}

/** `true` marks all that is below. */
function marked(value: unknown, marks: unknown): string[] {
  if (marks === true) return textsIn(value);
  if (typeof marks !== "object" || marks === null) return [];
  const values = record(value);
  return Object.entries(marks).flatMap(([name, mark]) => marked(values[name], mark));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A list has its positions for names. */
function record(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
