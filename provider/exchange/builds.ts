import type { Value } from "../powershell/protocol";

/** A build of Exchange: major, minor, build, revision. */
export type Build = readonly [number, number, number, number];

/** The builds that Microsoft numbers the same way, by what they are called. */
export type Product =
  | "Exchange Server 2013"
  | "Exchange Server 2016"
  | "Exchange Server 2019"
  | "Exchange Server Subscription Edition";

// The first build of Subscription Edition, which shares 15.2 with 2019.
const FIRST_SUBSCRIPTION_EDITION: Build = [15, 2, 2562, 0];

/** The build behind a text such as `15.2.2562.29`, or `15.02.2562.029` as a file's version has it; else undefined. */
export function parseBuild(text: string): Build | undefined {
  const match = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(text.trim());
  return match ? toBuild(match.slice(1).map(Number)) : undefined;
}

/**
 * The build behind `AdminDisplayVersion`, which is text ("Version 15.2 (Build 986.5)") in most sessions and an object in
 * some. It tells the cumulative update; security updates and hotfixes leave it as it is.
 */
export function parseAdminDisplayVersion(value: Value | undefined): Build | undefined {
  if (typeof value === "string") {
    const match = /^Version (\d+)\.(\d+) \(Build (\d+)\.(\d+)\)$/.exec(value.trim());
    return match ? toBuild(match.slice(1).map(Number)) : parseBuild(value);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if (value instanceof Date || !("Major" in value)) return undefined;
  return toBuild([value.Major, value.Minor, value.Build, value.Revision]);
}

/** Negative when `one` is older than `other`. */
export function compareBuilds(one: Build, other: Build): number {
  const part = one.findIndex((number, index) => number !== other[index]);
  return part === -1 ? 0 : (one[part] as number) - (other[part] as number);
}

/** `15.2.2562.29`. */
export function formatBuild(build: Build): string {
  return build.join(".");
}

/** What Microsoft sells a build as; undefined for a build that is not of Exchange 2013 or later. */
export function productOf(build: Build): Product | undefined {
  const [major, minor] = build;
  if (major !== 15) return undefined;
  if (minor === 0) return "Exchange Server 2013";
  if (minor === 1) return "Exchange Server 2016";
  if (minor !== 2) return undefined;
  return compareBuilds(build, FIRST_SUBSCRIPTION_EDITION) < 0
    ? "Exchange Server 2019"
    : "Exchange Server Subscription Edition";
}

function toBuild(parts: unknown[]): Build | undefined {
  const whole = parts.filter((part): part is number => Number.isInteger(part) && (part as number) >= 0);
  const [major, minor, build, revision] = whole;
  if (major === undefined || minor === undefined || build === undefined || revision === undefined) return undefined;
  return [major, minor, build, revision];
}
