import { WrongOrganization } from "../errors";
import { type AuthConfig, getAuthConfig } from "./auth-config";
import type { ExchangeClient } from "./client";
import { sameText } from "./properties";

/** An organisation that was compared with the one that is meant: what an operation may ask, and what was seen of it. */
export interface Organization {
  readonly client: ExchangeClient;
  /** The Guid of AuthConfig, lower case. */
  readonly organizationId: string;
  /** The far end's clock as AuthConfig was read. */
  readonly now: Date;
  readonly authConfig: AuthConfig;
}

/** Which organisation is meant, by the Guid of its AuthConfig; undefined where nothing says it. */
export interface Claims {
  inState?: string;
  /** What the program says in `expectedOrganizationId`. */
  declared?: string;
}

/**
 * Reads AuthConfig and makes sure that it is the organisation in the state, and the one that the program says: changed
 * provider configuration is not a diff to Pulumi, so nothing else keeps a destroy, or what is new in a stack, away from
 * another Exchange.
 * @throws WrongOrganization naming both.
 */
export async function openOrganization(client: ExchangeClient, { inState, declared }: Claims): Promise<Organization> {
  const authConfig = await getAuthConfig(client);
  const { guid, now } = authConfig;
  if (inState !== undefined && !sameText(guid, inState)) {
    throw new WrongOrganization({
      doing: "checking that the connection leads to the organisation in the stack's state",
      answer: `the state belongs to the organisation ${inState}, but the connection leads to ${guid}`,
      next:
        "point the `exchange:` configuration back to the organisation of this stack, or use another stack for the other " +
        "organisation. Only if it is the same organisation and its AuthConfig was created again: replace the former Guid with " +
        "the new one everywhere in the file that `pulumi stack export` writes, import the file with `pulumi stack import`, " +
        "correct `expectedOrganizationId` in the program if it is set, and run `pulumi refresh`",
    });
  }
  if (declared !== undefined && !sameText(guid, declared)) {
    throw new WrongOrganization({
      doing: "checking that the connection leads to the organisation that the program declares",
      answer: `\`expectedOrganizationId\` is ${declared}, but the connection leads to ${guid}`,
      next: "point the `exchange:` configuration to the declared organisation, or correct `expectedOrganizationId`",
    });
  }
  return { client, organizationId: guid, now, authConfig };
}

/**
 * Looks at an open organisation again, in the course of one operation.
 * @throws WrongOrganization where the connection leads elsewhere by now.
 */
export async function lookAgain({ client, organizationId }: Organization): Promise<Organization> {
  const authConfig = await getAuthConfig(client);
  const { guid, now } = authConfig;
  if (guid === organizationId) return { client, organizationId, now, authConfig };
  throw new WrongOrganization({
    doing: "checking that the connection still leads to the same organisation",
    answer: `the operation began in the organisation ${organizationId}, but the connection now leads to ${guid}`,
    next: "make sure that the connection always leads to the same organisation, then run `pulumi refresh`",
  });
}
