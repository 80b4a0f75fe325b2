import path from "node:path";
import { mismatch, type Shape } from "../shared/shape";
import { StateFile } from "../shared/state-file";
import { STATE_VERSION, type State } from "./state";

/** The file that holds the organisation of a sandbox. */
export function stateFile(home: string): StateFile<State> {
  return new StateFile<State>(path.join(home, "exchange.json"), {
    subject: "Exchange organisation",
    version: STATE_VERSION,
    problem: (value) => mismatch(value, ORGANISATION) ?? strangeSessionServer(value as State),
  });
}

/** The state of an organisation that was set up. @throws DamagedState */
export async function presentState(home: string): Promise<State> {
  const file = stateFile(home);
  const state = await file.read();
  if (!state) throw file.damaged("the file is no longer there");
  return state;
}

function strangeSessionServer({ servers, sessionServer }: State): string | undefined {
  if (servers.some(({ name }) => name === sessionServer)) return undefined;
  return 'its key "sessionServer" names no server in it';
}

const ORGANISATION: Shape = {
  scenario: "string",
  clockOffset: "number",
  directory: { domain: "string", organization: "string", domainControllers: ["string"] },
  sessionServer: "string",
  offers: ["string"],
  servers: [
    {
      name: "string",
      guid: "string",
      fqdn: "string",
      build: "string",
      certificates: [
        {
          thumbprint: "string",
          rawData: "string",
          friendlyName: "string",
          subject: "string",
          domains: ["string"],
          notBefore: "string",
          notAfter: "string",
          services: ["string"],
        },
      ],
    },
  ],
  authConfig: { guid: "string", current: "string", previous: "string", next: "string" },
  authServers: [{ name: "string", guid: "string", realm: "string" }],
  partnerApplications: [{ name: "string", guid: "string" }],
  "hybridConfiguration?": { domains: ["string"] },
  "pushNotificationApp?": { organization: "string", uri: "string" },
  faults: [{}],
};
