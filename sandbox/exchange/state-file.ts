import path from "node:path";
import { firstProblem } from "../shared/schema";
import { StateFile } from "../shared/state-file";
import { runServicelet } from "./rollover";
import { STATE, STATE_VERSION, type State } from "./state";

/** The file that holds the organisation of a sandbox. */
export function stateFile(home: string): StateFile<State> {
  return new StateFile<State>(path.join(home, "exchange.json"), {
    subject: "Exchange organisation",
    version: STATE_VERSION,
    problem: (value) => firstProblem(value, STATE) ?? strangeSessionServer(value as State),
  });
}

/** The state of an organisation that was set up, as it is by now. @throws DamagedState */
export async function presentState(home: string): Promise<State> {
  const file = stateFile(home);
  const state = await file.read();
  if (!state) throw file.damaged("the file is no longer there");
  runServicelet(state);
  return state;
}

function strangeSessionServer({ servers, sessionServer }: State): string | undefined {
  if (servers.some(({ name }) => name === sessionServer)) return undefined;
  return 'its key "sessionServer" names no server in it';
}
