"use strict";
/**
 * `node --require` this: whatever asks for `cdktf`, @cdktf/provider-aws included, gets `cdktn`. That is what an npm alias
 * (`cdktf@npm:cdktn`) does, without an installation of its own.
 */
const Module = require("node:module");

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request.replace(/^cdktf(?=$|\/)/, "cdktn"), ...rest);
};
