import { writeFileSync } from "node:fs";
import path from "node:path";
import { CMDLETS } from "../exchange/cmdlets";
import { functionsText } from "./functions";

// From the build back to the sources, where the module is.
writeFileSync(path.join(__dirname, "../../powershell/functions.ps1"), functionsText(CMDLETS));
