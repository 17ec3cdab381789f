"use strict";
/**
 * Test projects. `unit` and `integration` need nothing but this checkout; the others need a real part of the field
 * (see scripts/parts.js). A part that is missing fails the run where CI=true and is named at its end elsewhere.
 */
const { selectProjects } = require("./scripts/parts");

const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  // CommonJS in the tests: jest has no native import(), and an import() of ours names the built file, with .js.
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "test/tsconfig.jest.json", diagnostics: false }] },
  moduleNameMapper: {
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
  testTimeout: 60_000,
};
