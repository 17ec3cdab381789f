/** `/metrics`, made anew at each scrape. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface MetricsPage {
  /** host:port */
  readonly address: string;
  close(): Promise<void>;
}

export async function startMetricsPage(text: () => Promise<string>): Promise<MetricsPage> {
  const server = createServer((_request, response) => {
    void text().then(
      (body) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
