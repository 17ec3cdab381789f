"use strict";
/** fast-check with a fixed seed, so that a run is the same everywhere; FAST_CHECK_SEED=N tries others. */
const { join } = require("node:path");

const fc = require(join(__dirname, "../../node_modules/fast-check/lib/cjs/fast-check.js"));
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261122) });

module.exports = fc;
