"use strict";
/**
 * Test projects. `unit` and `integration` need nothing but this checkout; the others need a real part of the field
 * (see scripts/parts.js). A part that is missing fails the run where CI=true and is named at its end elsewhere.
 */
const { selectProjects } = require("./scripts/parts");

const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  // the same for all projects: they share the cache
  id: "unexpired",
  transform: { "\\.ts$": "<rootDir>/test/support/typescript-transformer.js" },
  moduleNameMapper: {
    // an import() of ours names the built file
    "^(\\.{1,2}/.*)\\.js$": "$1",
    "^fast-check$": "<rootDir>/test/support/seeded-fast-check.js",
  },
  setupFilesAfterEnv: ["<rootDir>/test/setup.ts"],
};

module.exports = {
  projects: selectProjects().map((name) => ({
    ...shared,
    displayName: name,
    testMatch:
      name === "unit"
        ? ["<rootDir>/test/unit/**/*.test.ts", "<rootDir>/test/*.test.ts"]
        : [`<rootDir>/test/${name}/**/*.test.ts`],
  })),
  testSequencer: "<rootDir>/test/support/longest-first.js",
  // for what hangs, and not for what takes its time on a busy machine
  testTimeout: 300_000,
};
