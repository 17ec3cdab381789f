"use strict";
/**
 * Orders certificates as the built `manage-certs renew` does, with its configuration, its limits and its steps from the
 * check to the certificate in hand; the import into ACM, whose pace decides there, is left out. Arguments: the
 * configuration, then each certificate as its names with commas between them. Plain JavaScript: it is measured.
 */
const { homedir } = require("node:os");
const { readConfig } = require("../../../dist/src/manage-certs/config/read-config");
const { orderCertificate } = require("../../../dist/src/manage-certs/renew/order-certificate");
const { OrderPace } = require("../../../dist/src/manage-certs/renew/order-pace");
const { Engine } = require("../../../dist/src/issuance/engine");
const { sleep, systemClock: clock } = require("../../../dist/src/platform/clock");
const { silentLogger: log } = require("../../../dist/src/platform/log");
const { mapLimited } = require("../../../dist/src/platform/map-limited");

async function main() {
  const [file, ...certificates] = process.argv.slice(2);
  const config = await readConfig({ file, environment: process.env, homeFolder: homedir() });
  const { issuer, keyAlgorithm, zones, limits } = config;
  const pace = new OrderPace({ ordersPerHour: limits.ordersPerHour, clock, sleep });
  const parts = { engine: new Engine(config.engine), zones, pace, clock, log };
  await mapLimited(certificates, limits.concurrency, (names) =>
    orderCertificate({ names: names.split(","), issuer, keyAlgorithm }, parts, async () => undefined),
  );
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
