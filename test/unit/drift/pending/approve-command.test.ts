import { approveCommand } from "../../../../src/drift/pending/approve-command";

test.each([
  [{ name: "web", folder: "/infra/web" }, undefined, "drift-check approve web --checksum aa"],
  [{ name: "web", folder: "/infra/web", typedAs: "./web" }, undefined, "drift-check approve ./web --checksum aa"],
  [
    { name: "our web", folder: "/w" },
    "it's.yaml",
    `drift-check approve 'our web' --checksum aa --config 'it'\\''s.yaml'`,
  ],
])("%j with %s", (stack, config, command) => {
  expect(approveCommand(stack, "aa", config)).toBe(command);
});
