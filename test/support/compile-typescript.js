"use strict";
/**
 * CommonJS from a file of TypeScript, a hundred times as fast as by the compiler, since types are not looked at (`npm
 * run lint` checks them). For jest, see typescript-transformer.js; for programs that tests start, typescript-register.js.
 */
const { transformSync, version } = require("esbuild");

const options = {
  loader: "ts",
  format: "cjs",
  platform: "node",
  target: "node20",
  // jest has no native import()
  supported: { "dynamic-import": false },
  sourcesContent: false,
};

/** `map` is a source map as JSON. */
const compileTypeScript = (source, path) =>
  transformSync(source, { ...options, sourcefile: path, sourcemap: "external" });

module.exports = { compileTypeScript, compiler: JSON.stringify([version, options]) };
