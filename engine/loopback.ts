const LOOPBACK = "127.0.0.1";

/**
 * The environment with loopback free of whatever proxy it names. Programs, providers and engine speak over 127.0.0.1, and
 * gRPC for Node takes `grpc_proxy`, `https_proxy` and `http_proxy` there too; what exempts it is a list without spaces, in
 * `no_grpc_proxy` where there is one, else in `no_proxy` (the source of @grpc/grpc-js, http_proxy.ts).
 */
export function withLoopbackFree(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = Object.entries(environment);
  if (!given.some(([name, value]) => value && /^(grpc|https?|all)_proxy$/i.test(name))) return environment;
  const { no_grpc_proxy, no_proxy, NO_PROXY } = environment;
  return {
    ...environment,
    ...(no_grpc_proxy && { no_grpc_proxy: exempting(no_grpc_proxy) }),
    no_proxy: exempting(no_proxy || NO_PROXY),
    ...(NO_PROXY && { NO_PROXY: exempting(NO_PROXY) }),
  };
}

const exempting = (list: string | undefined) =>
  [...new Set([...(list ?? "").split(","), LOOPBACK].map((host) => host.trim()).filter(Boolean))].join(",");
