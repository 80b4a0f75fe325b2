import { once } from "node:events";
import { watch } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Command, Ended } from "../command-line";
import type { Random } from "../random";
import type { Stack } from "./stack";

/** Who dies. */
export const VICTIMS = ["Exchange", "the provider", "the engine"] as const;

/** One way to die in the middle of an operation, and how its user goes on. */
export interface Kill {
  id: string;
  beginning: BeginningName;
  victim: (typeof VICTIMS)[number];
  /** At which cmdlet, on which side of what it changes; or after how many thousandths of the undisturbed time. */
  at: { cmdlet: string; when: "before" | "after" } | { thousandths: number };
  /** The commands that follow, the last of which must give what the program says. */
  next: string[][];
}

export type BeginningName = "first up" | "changed program" | "expired since" | "destroy" | "destroy of an unused one";

/** The operation of each beginning, the cmdlets that write in it, and some that read. */
export const BEGINNINGS: Record<BeginningName, { verb: "up" | "destroy"; cmdlets: string[] }> = {
  "first up": {
    verb: "up",
    cmdlets: [
      "New-ExchangeCertificate",
      "Export-ExchangeCertificate",
      "Import-ExchangeCertificate",
      "Set-AuthConfig",
      "New-AuthServer",
      "Set-PartnerApplication",
      "Enable-PushNotificationProxy",
      "Get-AuthConfig",
      "Get-ExchangeCertificate",
      "Get-AuthServer",
    ],
  },
  "changed program": { verb: "up", cmdlets: ["Set-AuthServer", "Enable-PushNotificationProxy"] },
  "expired since": {
    verb: "up",
    cmdlets: [
      "New-ExchangeCertificate",
      "Export-ExchangeCertificate",
      "Import-ExchangeCertificate",
      "Set-AuthConfig",
      "Get-ExchangeServer",
    ],
  },
  destroy: {
    verb: "destroy",
    cmdlets: ["Disable-PushNotificationProxy", "Remove-AuthServer", "Set-PartnerApplication", "Get-AuthConfig"],
  },
  "destroy of an unused one": { verb: "destroy", cmdlets: ["Remove-ExchangeCertificate"] },
};

/** What a cut destroy has changed, up alone does not look at, as with Pulumi; but what nothing shows it writes again. */
function waysOn(beginning: BeginningName, at: Kill["at"]): string[][][] {
  const isUnseen = "cmdlet" in at && at.cmdlet === "Disable-PushNotificationProxy";
  const verbs = {
    up: [["up"], ["refresh", "up"]],
    destroy: [["destroy"], ["refresh", "up"], ...(isUnseen ? [["up"]] : [])],
    "destroy alone": [["destroy"]],
  };
  // Where the organisation's own choice is another certificate, up would only follow it.
  const key = beginning === "destroy of an unused one" ? "destroy alone" : BEGINNINGS[beginning].verb;
  return verbs[key].map((each) => each.map((word) => [word]));
}

/** Every kill at a cmdlet, and some at other moments. */
export function allKills(random: Random, moments: number): Kill[] {
  const names = Object.keys(BEGINNINGS) as BeginningName[];
  const atCmdlets = names.flatMap((beginning) =>
    BEGINNINGS[beginning].cmdlets.flatMap((cmdlet) =>
      (["before", "after"] as const).flatMap((when) =>
        VICTIMS.flatMap((victim) =>
          waysOn(beginning, { cmdlet, when }).map((next) => ({
            id: `${beginning}: ${victim} dies ${when} ${cmdlet}, then ${next.join(" and ")}`,
            beginning,
            victim,
            at: { cmdlet, when },
            next,
          })),
        ),
      ),
    ),
  );
  const atMoments = Array.from({ length: moments }, () => {
    const beginning = random.pick(names);
    const thousandths = 50 + random.below(950);
    const next = random.pick(waysOn(beginning, { thousandths }));
    return {
      id: `${beginning}: the engine dies at ${thousandths}/1000, then ${next.join(" and ")}`,
      beginning,
      victim: "the engine" as const,
      at: { thousandths },
      next,
    };
  });
  return random.shuffled([...atCmdlets, ...atMoments]);
}

/** Starts the operation and lets it happen; resolves when the operation has ended. */
export async function carryOut(stack: Stack, kill: Kill, undisturbed: number): Promise<Ended> {
  const { verb } = BEGINNINGS[kill.beginning];
  if ("thousandths" in kill.at) {
    const command = stack.start(verb);
    await Promise.race([wait((undisturbed * kill.at.thousandths) / 1000), command.ended]);
    command.kill();
    return command.ended;
  }
  const { cmdlet, when } = kill.at;
  if (kill.victim !== "the engine") {
    await stack.addFault({ cmdlet, when, kind: kill.victim === "Exchange" ? "crash" : "killParent" });
    return stack.run(verb);
  }
  // The cmdlet waits, so that the kill finds it there.
  await stack.addFault({ cmdlet, when, kind: "delay", milliseconds: 120_000 });
  const command = stack.start(verb);
  await struck(stack, command, when);
  command.kill();
  return command.ended;
}

/** Resolves when the fault has struck, which its state file tells, or the command has ended. */
async function struck(stack: Stack, command: Command, when: "before" | "after"): Promise<void> {
  const ended = command.ended.then(() => "ended" as const);
  const watcher = watch(stack.home);
  try {
    while (stack.organisation.faults.length > 0) {
      if ((await Promise.race([once(watcher, "change"), ended])) === "ended") return;
    }
    // It is taken from the list before the cmdlet runs. What the cmdlet changes is saved next, where it changes anything.
    if (when === "after") await Promise.race([once(watcher, "change"), ended, wait(LONGEST_CMDLET)]);
  } finally {
    watcher.close();
  }
}

/** Milliseconds of the cmdlet that makes a key. */
const LONGEST_CMDLET = 1_500;
