"use strict";
/** Jest's way to TypeScript. What it makes is the same for every test project, and so is its key in jest's cache. */
const { createHash } = require("node:crypto");
const { compiler, compileTypeScript } = require("./compile-typescript");

module.exports = {
  getCacheKey: (source, path) => createHash("sha256").update(`${compiler}\0${path}\0${source}`).digest("hex"),
  process: compileTypeScript,
};
