import { createHash, randomUUID } from "node:crypto";
import type { Properties } from "pulumi-exchange-server/protocol";
import { z } from "zod";
import { sameText } from "./text";

export const DIRECTORY = z.object({
  /** The domain and forest, such as `corp.contoso.example`. */
  domain: z.string(),
  /** The Exchange organisation's name. */
  organization: z.string(),
  /** Full names; the first answers when none is asked for. */
  domainControllers: z.array(z.string()),
});
/** Where the organisation lives in Active Directory. */
export type Directory = z.infer<typeof DIRECTORY>;

export const DIRECTORY_OBJECT = z.object({
  guid: z.string(),
  name: z.string(),
  whenCreated: z.string(),
  whenChanged: z.string(),
});
/** What every object of the directory has beside its own properties. Dates are ISO 8601, to the second as in the directory. */
export type DirectoryObject = z.infer<typeof DIRECTORY_OBJECT>;

/** A kind of object: its place and its schema class. */
export interface ObjectKind {
  /** The containers between the organisation (or the configuration) and the object, innermost first. */
  containers: string[];
  /** The schema class, such as `ms-Exch-Auth-Auth-Config`. */
  category: string;
  objectClass: string[];
  exchangeVersion: string;
}

/** Guid of an object that setup makes: the same at every reset of the same organisation, another in another one. */
function setupGuid(directory: Directory, what: string): string {
  const hex = createHash("sha256").update(`${directory.domain}/${directory.organization}/${what}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** A directory object that setup made. */
export function setupObject(directory: Directory, name: string, installed: Date): DirectoryObject {
  const stamp = toSecond(installed);
  return { guid: setupGuid(directory, name), name, whenCreated: stamp, whenChanged: stamp };
}

/** A directory object that a cmdlet makes now. */
export function newDirectoryObject(name: string, now: Date): DirectoryObject {
  const stamp = toSecond(now);
  return { guid: randomUUID(), name, whenCreated: stamp, whenChanged: stamp };
}

/** The directory keeps whole seconds. */
export function toSecond(date: Date): string {
  return new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString();
}

export function distinguishedName(directory: Directory, kind: ObjectKind, name: string): string {
  const path = [name, ...kind.containers, directory.organization, "Microsoft Exchange", "Services", "Configuration"];
  const domain = directory.domain.split(".").map((label) => `DC=${label}`);
  return [...path.map((part) => `CN=${part}`), ...domain].join(",");
}

/**
 * The properties that every directory object carries, in the order and with the types of objects recorded from Exchange
 * 2016 and 2019, as the bridge gives them: guids, versions and ADObjectIds as text, dates as dates.
 */
export function directoryProperties(
  directory: Directory,
  kind: ObjectKind,
  object: DirectoryObject,
  domainController: string,
): Properties {
  const whenChanged = new Date(object.whenChanged);
  const whenCreated = new Date(object.whenCreated);
  return {
    Name: object.name,
    AdminDisplayName: "",
    ExchangeVersion: kind.exchangeVersion,
    DistinguishedName: distinguishedName(directory, kind, object.name),
    Identity: object.name,
    Guid: object.guid,
    ObjectCategory: `${directory.domain}/Configuration/Schema/${kind.category}`,
    ObjectClass: [...kind.objectClass],
    WhenChanged: whenChanged,
    WhenCreated: whenCreated,
    WhenChangedUTC: whenChanged,
    WhenCreatedUTC: whenCreated,
    OrganizationId: "",
    Id: object.name,
    OriginatingServer: domainController,
    IsValid: true,
    ObjectState: "Unchanged",
  };
}

/** Whether an identity names the object: by name, guid or distinguished name, without regard to case. */
export function identifies(identity: string, directory: Directory, kind: ObjectKind, object: DirectoryObject): boolean {
  const names = [object.name, object.guid, distinguishedName(directory, kind, object.name)];
  return names.some((name) => sameText(name, identity));
}
