import { NotAllowed, ProtocolError } from "../errors";
import { ALLOWLIST, type AllowedCommand } from "../powershell/allowlist";
import type { Properties, Value } from "../powershell/protocol";
import type { Session } from "../powershell/session";
import { classify } from "./classify";

/** What one cmdlet gave, when it succeeded. */
export interface Answer {
  /**
   * Its output, for those who expect objects: reading it throws a ProtocolError where something else is among them. What
   * is dropped would pass for what is not there.
   */
  readonly objects: Properties[];
  warnings: string[];
  /** The far end's clock. */
  now: Date;
}

/** How a resource wants Exchange asked. */
export interface CallSettings {
  /** Seconds that one cmdlet may take. */
  timeoutSeconds: number;
  /** The domain controller for all cmdlets that have this parameter. */
  domainController?: string;
}

/** What all clients of one session share. */
export interface Pin {
  /** The domain controller that the first read found: what one client wrote, the next reads. */
  domainController?: string;
  /** The earliest of the times that were seen for something. */
  earliest?: Map<string, Date>;
}

/** Cmdlets over one session: an error record becomes a typed error, and all of them use one domain controller. */
export class ExchangeClient {
  readonly #session: Session;
  readonly #settings: CallSettings;
  readonly #pin: Pin;
  readonly #written: string[];

  /** @param written where each write that was carried out is noted: `Set-AuthServer (setting Enabled of …)`. */
  constructor(session: Session, settings: CallSettings, pin: Pin, written: string[] = []) {
    this.#session = session;
    this.#settings = settings;
    this.#pin = pin;
    this.#written = written;
  }

  /** Seconds that one cmdlet may take. */
  get timeoutSeconds(): number {
    return this.#settings.timeoutSeconds;
  }

  /**
   * Uses this domain controller from now on, unless one is pinned already. One that answered because it is set for this
   * client says nothing for the others.
   */
  pinDomainController(server: string): void {
    if (server === "" || this.#settings.domainController) return;
    this.#pin.domainController ??= server;
  }

  /** The earliest of the times that this session has seen for something, with this one. */
  earliest(what: string, seen: Date): Date {
    this.#pin.earliest ??= new Map();
    const former = this.#pin.earliest.get(what);
    const earliest = former && former < seen ? former : seen;
    this.#pin.earliest.set(what, earliest);
    return earliest;
  }

  /**
   * Runs a cmdlet.
   * @param doing what it is for, as it follows "while": `reading AuthConfig`.
   * @throws NotAllowed for what powershell/allowlist.ts does not list; otherwise the class of errors.ts that its first
   * error record stands for, or that the session gives.
   */
  async run(cmdlet: string, parameters: Properties, doing: string): Promise<Answer> {
    const { parameters: known, access } = allowed(cmdlet, parameters, doing);
    const given: Properties = { ...parameters };
    const domainController = this.#settings.domainController ?? this.#pin.domainController;
    if (domainController && known.includes("DomainController")) given.DomainController = domainController;
    const { output, warnings, errors, now } = await this.#session.invoke(cmdlet, given, {
      timeoutSeconds: this.#settings.timeoutSeconds,
    });
    if (errors[0]) throw classify(errors[0], doing);
    if (access === "writes") this.#written.push(`${cmdlet} (${doing})`);
    return {
      get objects() {
        return objectsOf(output, cmdlet, doing);
      },
      warnings,
      now,
    };
  }
}

/** What is sent is what docs/permissions.md lists: an account that holds those permissions can never be short of one. */
function allowed(cmdlet: string, parameters: Properties, doing: string): AllowedCommand {
  const command = Object.hasOwn(ALLOWLIST, cmdlet) ? ALLOWLIST[cmdlet] : undefined;
  const foreign = Object.keys(parameters).find((name) => !command?.parameters.includes(name));
  if (command && foreign === undefined) return command;
  throw new NotAllowed({
    doing,
    answer: `${foreign === undefined ? cmdlet : `${cmdlet} -${foreign}`} is not on this package's list of cmdlets, so it was not sent`,
    next: "report this as a bug in pulumi-exchange-server",
  });
}

function objectsOf(output: Value[], cmdlet: string, doing: string): Properties[] {
  if (output.every(isProperties)) return output;
  throw new ProtocolError({
    doing,
    answer: `${cmdlet} returned something that is not an object`,
    next: "run the cmdlet in the Exchange Management Shell to see what it returns, then run `pulumi refresh`",
    outcomeUnknown: ALLOWLIST[cmdlet]?.access === "writes",
  });
}

function isProperties(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) === null;
}
