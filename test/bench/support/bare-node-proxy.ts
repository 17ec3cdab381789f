/** The least that a proxy in Node does: node:https in front, a pool of undici behind, nothing in between. */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { Pool } from "undici";

const [certificate = "", key = "", port = "", upstream = ""] = process.argv.slice(2);
const pool = new Pool(upstream, { connections: 64 });

const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const path = request.url ?? "/";
  void pool.request({ method: "GET", path }).then(async ({ statusCode, headers, body }) => {
    response.writeHead(statusCode, { "content-type": headers["content-type"] });
    response.end(Buffer.from(await body.arrayBuffer()));
  });
});
server.listen(Number(port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
