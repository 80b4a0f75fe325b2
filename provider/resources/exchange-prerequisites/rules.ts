import { type Build, compareBuilds, formatBuild, type Product, productOf } from "../../exchange/builds";

/** Whether a server's build is what is asked for. */
export type BuildState = "sufficient" | "tooOld" | "unknown";

/** One server as it was seen. */
export interface ServerFacts {
  name: string;
  /** By AdminDisplayVersion; undefined where that could not be read. */
  shown: Build | undefined;
  /** By the file's version on the server, security updates included; undefined where it could not be read. */
  file: Build | undefined;
}

/** What the state holds of a server. */
export interface CheckedServer {
  name: string;
  /** Four numbers; with the security update where the server itself was read. Empty when it could not be read. */
  build: string;
  /** Empty where the build is none of Exchange 2013 or later. */
  product: Product | "";
  state: BuildState;
}

/** When Microsoft's support ended. Subscription Edition is in support. */
const END_OF_SUPPORT: Partial<Record<Product, string>> = {
  "Exchange Server 2013": "2023-04-11",
  "Exchange Server 2016": "2025-10-14",
  "Exchange Server 2019": "2025-10-14",
};

/**
 * Whether a build is the minimum or later, compared number by number. AdminDisplayVersion stops at the cumulative update,
 * so a minimum that lies within the one that is shown is unknown, never too old.
 */
export function stateOf({ shown, file }: Pick<ServerFacts, "shown" | "file">, minimum: Build): BuildState {
  if (file) return compareBuilds(file, minimum) >= 0 ? "sufficient" : "tooOld";
  if (!shown) return "unknown";
  if (compareBuilds(shown, minimum) >= 0) return "sufficient";
  const isSameUpdate = shown.slice(0, 3).every((number, index) => number === minimum[index]);
  return isSameUpdate ? "unknown" : "tooOld";
}

/** Whether a server's own file has to be read to decide. */
export function needsFile(server: Pick<ServerFacts, "shown">, minimum: Build): boolean {
  return stateOf({ ...server, file: undefined }, minimum) === "unknown";
}

/** Each server with what was decided of it. */
export function checkServers(servers: ServerFacts[], minimum: Build): CheckedServer[] {
  return servers.map((server) => {
    const build = server.file ?? server.shown;
    return {
      name: server.name,
      build: build ? formatBuild(build) : "",
      product: (build && productOf(build)) ?? "",
      state: stateOf(server, minimum),
    };
  });
}

/** The servers whose support had ended by then. */
export function pastEndOfSupport(servers: CheckedServer[], now: Date): CheckedServer[] {
  return servers.filter(({ product }) => {
    const end = product && END_OF_SUPPORT[product];
    return end !== undefined && end !== "" && new Date(`${end}T23:59:59Z`) < now;
  });
}

/** The servers beside which a cumulative update 2 of Subscription Edition refuses to be installed. */
export function blockingSubscriptionEdition(servers: CheckedServer[]): CheckedServer[] {
  const isNewest = ({ product }: CheckedServer) => product === "Exchange Server Subscription Edition";
  return servers.some(isNewest) ? servers.filter((server) => !isNewest(server) && server.product !== "") : [];
}
