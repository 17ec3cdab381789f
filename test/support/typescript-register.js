"use strict";
/** Lets node run our TypeScript unbuilt, as `node --require FILE`: programs that a test starts, and that need no build. */
const { readFileSync } = require("node:fs");
const { compileTypeScript } = require("./compile-typescript");

require.extensions[".ts"] = (module, path) =>
  module._compile(compileTypeScript(readFileSync(path, "utf8"), path).code, path);
