import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Journal } from "../shared/journal";
import type { ServerCertificates } from "./certificates";
import type { JournalEntry } from "./journal";
import type { TenantAnswer, TenantRequest } from "./requests";

/** How long the end waits for answers under way. */
const GRACE_MILLISECONDS = 2_000;

// Far above any collection of key credentials (Graph itself takes 4 MB).
const MAXIMUM_BODY_BYTES = 4 * 1024 * 1024;

/** An HTTPS server on loopback that runs. */
export interface TenantServer {
  /** `localhost:<port>` */
  host: string;
  /** `https://localhost:<port>` */
  url: string;
  /** Answers what it has begun, for two seconds at most, then drops every connection, whatever its client does. */
  close(): Promise<void>;
}

/** Serves `respond` on a port of the system's choice, and writes a line of the journal for each request. */
export async function serveTenant(
  certificates: ServerCertificates,
  journal: Journal<JournalEntry>,
  respond: (request: TenantRequest) => Promise<TenantAnswer>,
): Promise<TenantServer> {
  const underWay = new Set<Promise<void>>();
  const hostOf = () => `localhost:${(server.address() as AddressInfo).port}`;
  const server = createServer(
    { cert: certificates.certificate, key: certificates.key, handshakeTimeout: 5_000 },
    (incoming, outgoing) => {
      const url = `https://${hostOf()}`;
      const work = handle(incoming, outgoing, journal, (request) => respond({ ...request, url })).finally(() =>
        underWay.delete(work),
      );
      underWay.add(work);
    },
  );
  // Closed by us between two of its requests, a connection would fail the next one: the server's end closes all that is idle.
  server.keepAliveTimeout = 0;
  // Those too that have not come as far as a request: they would keep the server from closing.
  const sockets = new Set<Duplex>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await listen(server);
  const host = hostOf();
  return {
    host,
    url: `https://${host}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, GRACE_MILLISECONDS);
      });
      await Promise.race([Promise.allSettled(underWay), late]);
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  journal: Journal<JournalEntry>,
  respond: (request: Omit<TenantRequest, "url">) => Promise<TenantAnswer>,
): Promise<void> {
  const began = Date.now();
  const target = incoming.url ?? "/";
  const method = incoming.method ?? "GET";
  const answer = await answerTo(incoming, method, target, respond);
  await journal.add({
    time: new Date(began).toISOString(),
    method,
    path: target,
    status: answer.status,
    milliseconds: Date.now() - began,
    ...(answer.fault === undefined ? {} : { fault: answer.fault }),
  });
  if (answer.status === null) {
    incoming.socket.destroy();
    return;
  }
  // A client that has gone meanwhile: nothing more is heard of its connection.
  if (outgoing.destroyed) return;
  const body = answer.body === undefined ? "" : JSON.stringify(answer.body);
  outgoing.writeHead(answer.status, {
    ...(body === "" ? {} : { "content-type": "application/json; charset=utf-8" }),
    ...(answer.status === 204 ? {} : { "content-length": Buffer.byteLength(body) }),
    ...answer.headers,
  });
  await new Promise<void>((resolve) => {
    outgoing.once("close", resolve);
    outgoing.end(body);
  });
}

async function answerTo(
  incoming: IncomingMessage,
  method: string,
  target: string,
  respond: (request: Omit<TenantRequest, "url">) => Promise<TenantAnswer>,
): Promise<TenantAnswer> {
  try {
    const url = new URL(target, "https://localhost");
    return await respond({
      method,
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      authorization: incoming.headers.authorization,
      body: await readBody(incoming),
    });
  } catch (error) {
    // Such as a damaged state file: the client sees why, in Graph's form, and the tenant goes on.
    return {
      status: 500,
      body: { error: { code: "InternalServerError", message: (error as Error).message, innerError: {} } },
    };
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAXIMUM_BODY_BYTES) throw new Error(`The request's body is longer than ${MAXIMUM_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
