export { DamagedState } from "../shared/state-file";
export { ProcessFault } from "./errors";
export type { Fault } from "./faults";
export { sandboxHome, scenarioFolder } from "./home";
export { type JournalEntry, readJournal } from "./journal";
export { addFaults, openOrganisation, readOrganisation, resetOrganisation } from "./lifecycle";
export { Organisation, type Result } from "./organisation";
export type { Scenario } from "./scenario";
export type { State } from "./state";
