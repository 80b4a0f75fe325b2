import { readFileSync } from "node:fs";
import path from "node:path";
import { ALLOWLIST } from "../../provider/powershell/allowlist";
import { cmdletsOf } from "./cmdlets";
import { table } from "./markdown";
import { type Asked, pageOf } from "./page";
import { permissionCommands, permissionTable } from "./permissions";
import { type DocumentedClass, ROOT, Sources } from "./sources";

/** The folder of the pages, one a class that the package exports. */
export const PAGES = "docs/resources";

// azuread's own documentation names these permissions, each with its function or resource.
const TENANT = [
  "In the tenant: `azuread.getServicePrincipal` and `azuread.ServicePrincipalCertificate` on Exchange Online's principal need " +
    "the Graph role `Application.ReadWrite.All`, or the directory role Application Administrator; `verifyTenantDomain` " +
    "also needs `Domain.Read.All`.",
];

/** The files of the reference as the sources want them: each path from the repository's root, with its text. */
export function referenceFiles(): Map<string, string> {
  const sources = new Sources();
  const classes = sources.classes();
  const pages = classes.map((documented) => {
    return [`${PAGES}/${documented.name}.md`, pageOf(documented, askedBy(documented, classes, sources))] as const;
  });
  return new Map([
    ...pages,
    withParts("docs/permissions.md", { cmdlets: permissionTable(), commands: permissionCommands() }),
    withParts("provider/README.md", { resources: resourceTable(homepage()) }),
  ]);
}

/** A resource asks for what its lifecycle calls, a component for what its children do. */
function askedBy(documented: DocumentedClass, classes: DocumentedClass[], sources: Sources): Asked | undefined {
  if (isResource(documented)) return { cmdlets: cmdletsOf(sources, documented.folder), tenant: [] };
  if (documented.base !== "pulumi.ComponentResource") return undefined;
  const children = classes.filter((other) => isResource(other) && documented.uses.includes(other.name));
  const asked = children.flatMap(({ folder }) => cmdletsOf(sources, folder));
  return { cmdlets: Object.keys(ALLOWLIST).filter((cmdlet) => asked.includes(cmdlet)), tenant: TENANT };
}

/** Whether a class is a resource of Exchange's. */
export function isResource({ base }: DocumentedClass): boolean {
  return base === "ExchangeResource";
}

/** A page that is written by hand except for the parts between its markers. */
function withParts(file: string, parts: Record<string, string>): [string, string] {
  let text = readFileSync(path.join(ROOT, file), "utf8");
  for (const [name, part] of Object.entries(parts)) {
    const section = new RegExp(`(<!-- begin ${name} -->\\n)[\\s\\S]*?(<!-- end ${name} -->)`);
    if (!section.test(text)) throw new Error(`${file} has no part ${name}`);
    text = text.replace(section, (_, begin: string, end: string) => `${begin}${part}\n${end}`);
  }
  return [file, text];
}

/** The first two columns of the repository's own table of resources, as the package's page on npm shows them. */
function resourceTable(homepage: string): string {
  const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| (\[`\w+`\])\((docs\/resources\/\w+\.md)\) \| ([^|]*) \|/gm)];
  const cells = rows.map(([, name = "", page = "", text = ""]) => [`${name}(${homepage}/blob/main/${page})`, text]);
  return table(["resource", "what it is in Exchange"], cells);
}

function homepage(): string {
  const { homepage } = JSON.parse(readFileSync(path.join(ROOT, "provider/package.json"), "utf8")) as {
    homepage: string;
  };
  return homepage.replace(/#.*$/, "");
}
