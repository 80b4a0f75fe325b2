import path from "node:path";
import { againThrough } from "./again";

const MODULE = path.resolve(__dirname, "../../../sandbox/powershell");

againThrough("a module in a runspace of the bridge's own process", MODULE, "renewal");
