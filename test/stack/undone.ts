import type { State } from "../../sandbox/exchange";

/**
 * An organisation after a destroy, but for what the design says that no destroy can undo (docs/guide.md lists it too):
 * when objects were changed; AuthConfig's Previous; a certificate that was made because no valid one was there, which
 * stays on the servers and named; the Organization and Uri that Exchange keeps of a disabled proxy.
 *
 * @param before the organisation before the first deployment.
 * @param made the certificate that was made; undefined when none was.
 */
export function undone(state: State, before: State, made: string | undefined): unknown {
  const { authConfig, servers, pushNotificationApp } = state;
  const isNamed = made !== undefined && authConfig.current === made;
  return withoutChangeTimes({
    ...state,
    authConfig: {
      ...authConfig,
      current: isNamed ? before.authConfig.current : authConfig.current,
      previous: isNamed ? before.authConfig.previous : authConfig.previous,
    },
    servers: servers.map((server) => ({
      ...server,
      certificates: server.certificates.filter(({ thumbprint }) => !isNamed || thumbprint !== made),
    })),
    pushNotificationApp:
      pushNotificationApp?.enabled === false && before.pushNotificationApp === null ? null : pushNotificationApp,
  });
}

function withoutChangeTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChangeTimes);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== "whenChanged");
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutChangeTimes(inner)]));
}
