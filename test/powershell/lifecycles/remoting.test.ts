import path from "node:path";
import { againThrough } from "./again";

const RESTRICTED = path.resolve(__dirname, "../../../sandbox/powershell/exchange.pssc");

againThrough("a no-language remoting runspace in another process", RESTRICTED, "main-job");
