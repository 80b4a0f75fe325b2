/** How long a process may take to end after its SIGINT; Pulumi's own CLI waits as long. */
export const GRACE_MILLISECONDS = 5_000;
