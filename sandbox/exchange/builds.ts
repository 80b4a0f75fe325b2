/** A build of Exchange: major, minor, build, revision. */
export type Build = [number, number, number, number];

/** The build behind a text such as `15.2.2562.29`; undefined for any other text. */
export function parseBuild(text: string): Build | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  return match ? (match.slice(1).map(Number) as Build) : undefined;
}

/** Negative when `one` is older than `other`. */
export function compareBuilds(one: Build, other: Build): number {
  const part = one.findIndex((number, index) => number !== other[index]);
  return part === -1 ? 0 : (one[part] as number) - (other[part] as number);
}

// The revision that setup of each cumulative update wrote into the directory; later updates leave it.
const SETUP_REVISIONS: Record<string, number> = { "15.1.2507": 6, "15.2.1544": 4, "15.2.1748": 10, "15.2.2562": 17 };

/**
 * `AdminDisplayVersion`: the cumulative update alone, never a security update or hotfix.
 * Source: CSS-Exchange's build tables.
 */
export function adminDisplayVersion([major, minor, build, revision]: Build): string {
  return `Version ${major}.${minor} (Build ${build}.${SETUP_REVISIONS[`${major}.${minor}.${build}`] ?? revision})`;
}

// Source: KB5069337, the October 2025 security updates.
const EXPORT_REFUSED_FROM: Record<string, number> = {
  "15.1.2507": 61,
  "15.2.1544": 36,
  "15.2.1748": 39,
  "15.2.2562": 29,
};

/** Whether Export-ExchangeCertificate of this build refuses the auth certificate. */
export function refusesAuthCertificateExport(build: Build): boolean {
  const from = EXPORT_REFUSED_FROM[build.slice(0, 3).join(".")];
  // A cumulative update newer than those of the table holds the change from its first revision on.
  return from === undefined ? compareBuilds(build, [15, 2, 2562, 29]) > 0 : build[3] >= from;
}
