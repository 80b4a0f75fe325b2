import { toTimestamp } from "../../x509/certificate";
import type { Step } from "../oauth-certificate/generations";
import { currentStateOf, type OrganisationFacts } from "../oauth-certificate/rules";
import { expiryWarnings, ROTATION_LINK } from "../oauth-certificate/warnings";
import type { Warning } from "../outputs";
import type { Wanted } from "./rules";

/** What a person should know of a rollover that is not over: none or one warning. */
export function rolloverWarnings(facts: OrganisationFacts, inputs: Wanted, step: Step): Warning[] {
  const text = textOf(facts, inputs, step);
  if (text === "") return [];
  if (step.kind === "await") return [{ name: "rolloverDate", text, link: ROTATION_LINK }];
  return [{ name: "rollover", text: `${text}${currentEnd(facts)}`, link: ROTATION_LINK }];
}

/** That the current one ends soon, which the resource of an earlier generation no longer warns of. */
function currentEnd(facts: OrganisationFacts): string {
  const current = currentStateOf(facts);
  if (current.state !== "valid") return "";
  const { thumbprint, notAfter } = current.certificate;
  if (expiryWarnings({ thumbprint, notAfter, generation: 1 }, facts.now).length === 0) return "";
  return ` AuthConfig's current certificate ${thumbprint} ends on ${toTimestamp(notAfter)}.`;
}

function textOf(facts: OrganisationFacts, { generation, thumbprint }: Wanted, step: Step): string {
  const certificate = `generation ${generation}'s certificate ${thumbprint}`;
  switch (step.kind) {
    case "await":
      return (
        `Exchange makes ${certificate} current ${when(step.effectiveDate)}. The tenant knows it. Before then, let what else ` +
        "trusts this organisation, such as SharePoint, Skype for Business and a dedicated hybrid application, learn it."
      );
    case "copy":
      return facts.next === thumbprint
        ? `Exchange makes ${certificate} current ${when(facts.nextEffectiveDate)}, and it is missing on ${step.servers.join(", ")}: import it there before that.`
        : `AuthConfig does not name ${certificate} yet: it is missing on ${step.servers.join(", ")}.`;
    case "wait":
      return `AuthConfig does not name ${certificate} yet: ${step.reason}. The next \`pulumi up\` looks again.`;
    case "giveWay":
      return (
        `AuthConfig's next certificate is ${step.thumbprint}, which another hand has staged: ${certificate} is not staged ` +
        "over it. Once that one is current, or is replaced, the next `pulumi up` looks again."
      );
    case "refuse":
      return `The certificate of generation ${generation}, ${thumbprint}, cannot become current: it is ${step.reason}. Declare the next generation in its place.`;
    default:
      return isReplaced(facts, thumbprint)
        ? `AuthConfig names ${facts.current || "none"} in place of ${certificate}, which is its previous one: another hand has changed it, and it stays so.`
        : "";
  }
}

function isReplaced(facts: OrganisationFacts, thumbprint: string): boolean {
  return facts.previous === thumbprint && facts.current !== thumbprint;
}

/** Why a former certificate must stay known for now, and what to do. */
export function mayStillSign(former: string, until: Date | undefined): { answer: string; next: string } {
  if (!until) {
    return {
      answer: `servers may sign with ${former}: AuthConfig does not show when it was changed (WhenChangedUTC)`,
      next:
        "a day after the change, or if its key has leaked, declare `rollover: { effectiveInDays: 0 }`, which does not wait; " +
        "nothing was removed",
    };
  }
  return {
    answer:
      `servers may sign with ${former} until ${toTimestamp(until)} by Exchange's clock: each takes up a change of ` +
      "AuthConfig within a day",
    next:
      "run `pulumi up` again after that; if its key has leaked, declare `rollover: { effectiveInDays: 0 }`, which does not " +
      "wait. Nothing was removed",
  };
}

/** When Exchange switches, as it follows "current". */
export function when(date: Date | undefined): string {
  return date ? `on ${toTimestamp(date)} by its clock, or up to a day later` : "at a time that it does not show";
}
