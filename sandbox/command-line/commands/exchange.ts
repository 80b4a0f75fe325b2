import type { Properties } from "pulumi-exchange-server/protocol";
import { openOrganisation } from "../../exchange";
import { CMDLETS } from "../../exchange/cmdlets";
import { declaredType, syntaxLines } from "../cmdlet/declared";
import { errorText, objectsAsJson } from "../cmdlet/output";
import { withTenant } from "../cmdlet/tenant";
import { parameterValue } from "../cmdlet/value";
import { readWords } from "../cmdlet/words";
import { type AddCommand, type Surroundings, withExamples } from "../command";
import { UsageError } from "../errors";
import { FAILED } from "../exit-codes";
import { placesOf } from "../places";

export const addExchange: AddCommand = (parent, surroundings) => {
  const command = parent
    .command("exchange")
    .description("Run a cmdlet of the sandbox's Exchange and print its objects as JSON")
    .usage("Cmdlet [--Parameter VALUE] [--Switch] …")
    .argument("[words...]", "The cmdlet and its parameters, in PowerShell's form")
    .passThroughOptions()
    .allowUnknownOption()
    .action((words: string[]) => run(words, surroundings))
    .addHelpText("after", DETAILS);
  return withExamples(
    command,
    "npm run sandbox -- exchange Get-AuthConfig",
    "npm run sandbox -- exchange Set-AuthServer --Identity MicrosoftSts --Enabled false",
    "npm run sandbox -- exchange Disable-PushNotificationProxy -Confirm:false",
    "npm run --silent sandbox -- exchange Get-ExchangeCertificate --Server MBX2",
  );
};

const DETAILS = [
  "",
  "Values are true, false, '$null', numbers, strings and lists (a,b); bytes are base64. As in a remote session, a",
  "cmdlet cannot prompt: confirm in advance with -Confirm:false, and with -Force where the cmdlet has it.",
  "",
  "Cmdlets:",
  ...CMDLETS.flatMap(syntaxLines).map((line) => `  ${line}`),
].join("\n");

async function run(words: readonly string[], { environment, stdout, stderr, conclude }: Surroundings): Promise<void> {
  const [name, ...rest] = words;
  if (name === undefined || name.startsWith("-")) {
    throw new UsageError(`"exchange" needs a cmdlet, for example: npm run sandbox -- exchange Get-AuthConfig`);
  }
  const { home } = placesOf(environment);
  const cmdlet = CMDLETS.find((known) => known.name.toLowerCase() === name.toLowerCase());
  const parameters = readParameters(rest, (parameter) => declaredType(cmdlet, parameter));
  const organisation = await openOrganisation(home);
  const result = await withTenant(home, name, () => organisation.invoke(name, parameters));
  for (const warning of result.warnings) stderr.write(`WARNING: ${warning}\n`);
  for (const error of result.errors) stderr.write(errorText(cmdlet?.name ?? name, error));
  if (result.errors.some(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId.startsWith("HostException"))) {
    stderr.write(`This command line does not prompt. ${answersTo(cmdlet)}\n`);
  }
  if (result.errors.length > 0) return conclude(FAILED);
  stdout.write(objectsAsJson(result.output));
}

/** What confirms a cmdlet in advance. */
function answersTo(cmdlet: (typeof CMDLETS)[number] | undefined): string {
  const hasForce = declaredType(cmdlet, "Force") !== undefined;
  return hasForce ? "To confirm in advance, add -Confirm:false -Force" : "To confirm in advance, add -Confirm:false";
}

function readParameters(
  words: readonly string[],
  typeOf: (name: string) => ReturnType<typeof declaredType>,
): Properties {
  const { parameters, positional } = readWords(words, (name) => typeOf(name) === "SwitchParameter");
  const values: Properties = {};
  for (const parameter of parameters) values[parameter.name] = parameterValue(parameter, typeOf(parameter.name));
  const [identity, ...more] = positional;
  if (more.length > 0) throw new UsageError(`There is no parameter for "${more[0]}": write --Parameter ${more[0]}.`);
  // The position that Exchange's own cmdlets give to -Identity.
  if (identity !== undefined) values.Identity = identity;
  return values;
}
