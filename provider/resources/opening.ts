import type { Exchange } from "../exchange/exchange";
import type { Organization } from "../exchange/organization";
import type { Identity } from "./look-up";
import type { CommonInputs, CommonOutputs } from "./outputs";

/**
 * Opens the organisation for a create or an update, with the resource's own settings.
 * @param olds the outputs in the state; undefined in a create.
 * @throws WrongOrganization
 */
export function openFor(exchange: Exchange, inputs: CommonInputs, olds?: CommonOutputs): Promise<Organization> {
  return exchange.open(inputs, { inState: olds?.organizationId, declared: inputs.expectedOrganizationId });
}

/**
 * Opens the organisation for a read or a delete of what is in the state: with the resource's own time limit, and the
 * connection's domain controller. Its own may be long gone, since changing it is not a diff, and must not keep a refresh or
 * a destroy from Exchange.
 * @throws WrongOrganization
 */
export function openForState(
  exchange: Exchange,
  id: string,
  { timeoutSeconds, organizationId }: CommonInputs & Partial<CommonOutputs>,
  identity: Identity | undefined,
): Promise<Organization> {
  // Where a program only looks an object up, nothing is known but its id.
  const inState = organizationId ?? (identity?.isOrganization ? id : undefined);
  return exchange.open({ timeoutSeconds }, { inState });
}
